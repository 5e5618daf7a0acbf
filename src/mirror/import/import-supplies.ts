/** Brings everything that was supplied into one draft and makes it the generation in force, or says why not. */
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import type { MirroredSource, MirrorSource, MirrorState, NamedCount } from '../../core/model/mirror.ts';
import { UsageError } from '../../core/model/problem.ts';
import type { MirrorDraft } from '../../ports/mirror.ts';
import type { Supplied, Supply } from '../../ports/mirror-supply.ts';
import { importEcosystem } from './import-ecosystem.ts';
import type { EcosystemImport } from './import-ecosystem.ts';

/** What became of one source. `counts` tells of an ecosystem what changed. */
export interface SourceImport {
  readonly source: MirrorSource;
  readonly outcome: 'imported' | 'unchanged';
  readonly counts?: EcosystemImport;
}

export interface ImportResult {
  readonly state: MirrorState;
  readonly imports: readonly SourceImport[];
}

export interface ImportHow {
  /** UTC ISO-8601. */
  readonly now: string;
  /** An ecosystem may lose more than half of its records. */
  readonly acceptLoss: boolean;
  readonly onEntry: (source: MirrorSource, files: number) => Promise<void> | undefined;
}

const NONE: NamedCount = { count: 0, examples: [] };

/**
 * Throws a UsageError, and changes nothing, when a source holds no usable record or an ecosystem lost most of them: an empty
 * mirror would call every package clean.
 */
export async function importSupplies(
  supplies: readonly Supply[],
  draft: MirrorDraft,
  how: ImportHow,
): Promise<ImportResult> {
  const sources: Partial<Record<MirrorSource, MirroredSource>> = {};
  const imports: SourceImport[] = [];
  for (const supply of supplies) {
    if (supply.status === 'failed') continue;
    if (supply.status === 'unchanged') {
      const before = draft.before?.sources[supply.source];
      if (before !== undefined) sources[supply.source] = { ...before, ...supply.origin, importedAt: how.now };
      imports.push({ source: supply.source, outcome: 'unchanged' });
      continue;
    }
    const { supplied } = supply;
    const { counts, ...facts } = await importOne(supplied, draft, how);
    sources[supplied.source] = { ...supplied.origin, importedAt: how.now, ...facts };
    imports.push({ source: supplied.source, outcome: 'imported', ...(counts === undefined ? {} : { counts }) });
  }
  return { state: await draft.commit(sources, how.now), imports };
}

type Facts = Pick<MirroredSource, 'entries' | 'malformed' | 'collisions'> & { readonly counts?: EcosystemImport };

async function importOne(supplied: Supplied, draft: MirrorDraft, how: ImportHow): Promise<Facts> {
  if ('entries' in supplied) {
    const { source } = supplied;
    const onEntry = (files: number): Promise<void> | undefined => how.onEntry(source, files);
    const counts = await importEcosystem(source, supplied.entries(), draft, onEntry);
    checkUsable(source, counts);
    checkLoss(source, counts.usable, draft.before, how);
    return { entries: counts.entries, malformed: counts.malformed, collisions: counts.collisions, counts };
  }
  if (supplied.source === 'kev') draft.replaceExploited(supplied.rows);
  else draft.replaceScores(supplied.rows);
  return { entries: supplied.rows.length, malformed: NONE, collisions: NONE };
}

function checkUsable(source: Ecosystem, { usable, malformed, foreign }: EcosystemImport): void {
  if (usable > 0) return;
  const [first] = malformed.examples;
  throw new UsageError(
    'mirror-nothing-usable',
    `What was given for ${source} holds no usable record: ${malformed.count} files are malformed and ${foreign} are of other ecosystems${first === undefined ? '' : ` (${first})`}. The mirror is as it was.`,
    `Name a dump of ${source}: a zip archive or folder of OSV records.`,
  );
}

function checkLoss(source: Ecosystem, usable: number, before: MirrorState | null, { acceptLoss }: ImportHow): void {
  const had = before?.sources[source]?.entries ?? 0;
  if (acceptLoss || usable * 2 >= had) return;
  throw new UsageError(
    'mirror-lost-records',
    `What was given for ${source} holds ${usable} usable records where the mirror has ${had}. The mirror is as it was.`,
    'If so many were really taken back, import with --accept-loss.',
  );
}
