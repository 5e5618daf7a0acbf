/** Answers from the tables of one generation what a store of advisories is asked. */
import { osvRecordSchema } from '../../core/model/advisory.ts';
import type { OsvRecord } from '../../core/model/advisory.ts';
import type { MirrorState } from '../../core/model/mirror.ts';
import { isOsvRecord } from '../../core/model/osv-shape.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { AdvisoryStore, StoredAdvisory } from '../../ports/advisory-store.ts';
import { LONGEST_ID, packageKey, readIds } from './tables.ts';
import type { Tables } from './tables.ts';

/** Parsed records kept for the next question: about 100 MB of the largest there are. */
const KEPT = 20_000;

/** Records are parsed and validated when they are first asked for, so that opening a mirror costs next to nothing. */
export function storedAdvisories({ texts, packages }: Tables, { summary, sources }: MirrorState): AdvisoryStore {
  const parsed = new Map<string, StoredAdvisory>();
  const byId = (id: string): StoredAdvisory | undefined => {
    const known = parsed.get(id);
    if (known !== undefined) return known;
    const text = id.length > LONGEST_ID ? undefined : texts.get(id);
    if (text === undefined) return undefined;
    const advisory = { record: parseRecord(id, text), text };
    if (parsed.size >= KEPT) parsed.clear();
    parsed.set(id, advisory);
    return advisory;
  };
  return {
    byId,
    byPackage: (ecosystem, name) => readIds(packages.get(packageKey(ecosystem, name))).flatMap((id) => byId(id) ?? []),
    holds: (ecosystem) => sources[ecosystem] !== undefined,
    summary: () => summary,
  };
}

function parseRecord(id: string, text: string): OsvRecord {
  try {
    const value: unknown = JSON.parse(text);
    return isOsvRecord(value) ? value : osvRecordSchema.parse(value);
  } catch {
    throw new UsageError(
      'mirror-damaged',
      `The mirror's record ${excerpt(id)} is not as it was imported: its file is damaged.`,
      'Remove the folder of the mirror and import again.',
    );
  }
}
