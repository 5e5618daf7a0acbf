/** Puts the answers of the advisory source in order: one answer an id, one record an advisory, and which package each is about. */
import type { AdvisoryLookup, OsvRecord } from '../model/advisory.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import { normalizeName } from '../model/ecosystem.ts';
import { ecosystemOf } from '../match/affected.ts';
import { byEach, byText } from '../model/order.ts';
import { aliasesOf, canonicalId } from './ids.ts';

/** The answers of all rounds, whatever their order. Ids are canonical, those of the records too. */
export interface AdvisoryIndex {
  /** The best answer for an id; absent when it was never asked for. */
  answer(id: string): AdvisoryLookup | undefined;
  /** The record an id leads to. */
  record(id: string): OsvRecord | undefined;
  /** Records that name the package, and those that name no package at all; sorted by id. */
  recordsAbout(ecosystem: Ecosystem, name: string): readonly OsvRecord[];
  /** Whether an id's record was found and is about other packages only. */
  isElsewhere(id: string, ecosystem: Ecosystem, name: string): boolean;
}

const STATUS_RANK = { found: 0, 'not-found': 1, unavailable: 2 } as const;

/** Reads lookups into an index. Of two answers for one id a found record beats `not-found`, which beats `unavailable`. */
export function indexLookups(lookups: readonly AdvisoryLookup[]): AdvisoryIndex {
  const answers = new Map<string, AdvisoryLookup>();
  for (const lookup of lookups.map(checkIdentity)) {
    const held = answers.get(lookup.id);
    if (held === undefined || byWorth(lookup, held) < 0) answers.set(lookup.id, lookup);
  }
  const found = [...answers.values()].flatMap((answer) => (answer.status === 'found' ? [answer] : [])).sort(byWorth);
  const records = new Map<string, OsvRecord>();
  for (const { record } of found) if (!records.has(record.id)) records.set(record.id, record);
  return new Answers(answers, records);
}

class Answers implements AdvisoryIndex {
  readonly #answers: ReadonlyMap<string, AdvisoryLookup>;
  readonly #records: ReadonlyMap<string, OsvRecord>;
  readonly #byPackage = new Map<string, OsvRecord[]>();
  readonly #silent: OsvRecord[] = [];

  constructor(answers: ReadonlyMap<string, AdvisoryLookup>, records: ReadonlyMap<string, OsvRecord>) {
    this.#answers = answers;
    this.#records = records;
    for (const record of records.values()) {
      const names = packagesOf(record);
      if (names.size === 0) this.#silent.push(record);
      for (const name of names) this.#byPackage.set(name, [...(this.#byPackage.get(name) ?? []), record]);
    }
  }

  answer(id: string): AdvisoryLookup | undefined {
    return this.#answers.get(id);
  }

  record(id: string): OsvRecord | undefined {
    const answer = this.#answers.get(id);
    return this.#records.get(answer?.status === 'found' ? answer.record.id : id);
  }

  recordsAbout(ecosystem: Ecosystem, name: string): readonly OsvRecord[] {
    const naming = this.#byPackage.get(packageKey(ecosystem, name)) ?? [];
    return [...naming, ...this.#silent].sort((a, b) => byText(a.id, b.id));
  }

  isElsewhere(id: string, ecosystem: Ecosystem, name: string): boolean {
    const record = this.record(id);
    if (record === undefined) return false;
    const names = packagesOf(record);
    return names.size > 0 && !names.has(packageKey(ecosystem, name));
  }
}

/** A source that answers with some other advisory has not answered. */
function checkIdentity(lookup: AdvisoryLookup): AdvisoryLookup {
  const id = canonicalId(lookup.id);
  if (lookup.status !== 'found') return { ...lookup, id };
  const own = canonicalId(lookup.record.id);
  const record = own === lookup.record.id ? lookup.record : { ...lookup.record, id: own };
  if ([record.id, ...aliasesOf(record)].includes(id)) return { ...lookup, id, record };
  return { status: 'unavailable', id, detail: `the source answered with ${record.id} instead` };
}

const byWorth = byEach<AdvisoryLookup>(
  (a, b) => STATUS_RANK[a.status] - STATUS_RANK[b.status],
  (a, b) => (a.status === 'found' && b.status === 'found' ? byAge(a.record, b.record) : 0),
);

/** The newer of two editions of one record first; the text decides between editions of one date. */
const byAge = byEach<OsvRecord>(
  (a, b) => byText(b.modified ?? '', a.modified ?? ''),
  (a, b) => byText(JSON.stringify(a), JSON.stringify(b)),
);

function packageKey(ecosystem: string, name: string): string {
  return `${ecosystem}\n${name}`;
}

/** Keys of every package a record names; packages of worlds fixby does not know are named as written. */
function packagesOf(record: OsvRecord): ReadonlySet<string> {
  const named = (record.affected ?? []).flatMap((affected) => affected.package ?? []);
  return new Set(
    named.map(({ ecosystem: written, name }) => {
      const ecosystem = ecosystemOf(written);
      return ecosystem === null ? packageKey(written, name) : packageKey(ecosystem, normalizeName(ecosystem, name));
    }),
  );
}
