/** Getting hold of what a mirror is made of, from servers or from files brought along. */
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { KnownExploited, ScoredCve } from '../core/model/exploitation.ts';
import type { MirroredSource, MirrorSource } from '../core/model/mirror.ts';
import type { IndexedEntry } from './advisory-dump.ts';

/** Where it came from and what it was then. */
export type Origin = Pick<MirroredSource, 'from' | 'sha256' | 'asOf' | 'etag'>;

/** What a source brought; a dump of records is read once for all ecosystems it is to be read for. */
export type Supplied =
  | {
      readonly ecosystems: readonly Ecosystem[];
      readonly origin: Origin;
      entries(): AsyncIterable<readonly IndexedEntry[]>;
    }
  | { readonly source: 'kev'; readonly origin: Origin; readonly rows: readonly KnownExploited[] }
  | { readonly source: 'epss'; readonly origin: Origin; readonly rows: readonly ScoredCve[] };

/** `unchanged`: the server says that what was imported before is what it has. */
export type Supply =
  | { readonly status: 'supplied'; readonly supplied: Supplied }
  | { readonly status: 'unchanged'; readonly source: MirrorSource; readonly origin: Origin }
  | { readonly status: 'failed'; readonly source: MirrorSource; readonly detail: string; readonly mend: string };
