/** Brings everything that was supplied into one draft and makes it the generation in force, or says why not. */
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import type { MirroredSource, MirrorSource, MirrorState, NamedCount } from '../../core/model/mirror.ts';
import { UsageError } from '../../core/model/problem.ts';
import type { MirrorDraft } from '../../ports/mirror.ts';
import type { Supplied, Supply } from '../../ports/mirror-supply.ts';
import { importEcosystems } from './import-ecosystems.ts';
import type { EcosystemImport } from './import-ecosystems.ts';

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
  readonly onEntry: (ecosystems: readonly Ecosystem[], files: number) => Promise<void> | undefined;
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
    for (const { source, counts, ...facts } of await importOne(supply.supplied, draft, how)) {
      sources[source] = { ...supply.supplied.origin, importedAt: how.now, ...facts };
      imports.push({ source, outcome: 'imported', ...(counts === undefined ? {} : { counts }) });
    }
  }
  return { state: await draft.commit(sources, how.now), imports };
}

type Imported = Pick<MirroredSource, 'entries' | 'malformed' | 'collisions'> & Pick<SourceImport, 'source' | 'counts'>;

async function importOne(supplied: Supplied, draft: MirrorDraft, how: ImportHow): Promise<readonly Imported[]> {
  if ('ecosystems' in supplied) return importRecords(supplied, draft, how);
  const { source, rows } = supplied;
  if (source === 'kev') draft.replaceExploited(rows);
  else draft.replaceScores(rows);
  return [{ source, entries: rows.length, malformed: NONE, collisions: NONE }];
}

async function importRecords(
  supplied: Extract<Supplied, { readonly ecosystems: unknown }>,
  draft: MirrorDraft,
  how: ImportHow,
): Promise<readonly Imported[]> {
  const { ecosystems } = supplied;
  const done = await importEcosystems(ecosystems, supplied.entries(), draft, (files) => how.onEntry(ecosystems, files));
  return ecosystems.map((source): Imported => {
    const counts = done[source];
    checkUsable(source, counts);
    checkLoss(source, counts.usable, draft.before, how);
    return { source, entries: counts.entries, malformed: counts.malformed, collisions: counts.collisions, counts };
  });
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
