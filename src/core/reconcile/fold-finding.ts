/** Adds events about findings up to what is known of each. */
import type { SeverityChange } from '../model/finding.ts';
import { findingFactsSchema } from '../model/ledger-facts.ts';
import type { FindingFacts } from '../model/ledger-facts.ts';
import type { LedgerBody } from '../model/ledger.ts';
import { byEach, byText } from '../model/order.ts';
import type { KnownFinding, Moment } from './ledger-state.ts';
import { worseOf } from './severity-history.ts';

/** A finding while it is being added up: a long history is appended to, not copied. */
export interface FindingDraft extends Mutable<
  Omit<KnownFinding, 'severityHistory' | 'moves' | 'absences' | 'everIds'>
> {
  severityHistory: SeverityChange[];
  everIds: Set<string>;
  readonly moves: KnownFinding['moves'][number][];
  readonly absences: KnownFinding['absences'][number][];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type BodyOf<T extends LedgerBody['type']> = Extract<LedgerBody, { type: T }>;

export type FindingDrafts = Map<string, FindingDraft>;

/** An id that is there already stays as it is: no event moves a first sight. */
export function open(drafts: FindingDrafts, body: BodyOf<'finding-opened'>, when: Moment): void {
  const { finding, facts, back, split, provisional } = body;
  if (drafts.has(finding.id)) return;
  const whole = split === undefined ? undefined : drafts.get(split);
  const history = whole?.severityHistory.slice() ?? [];
  if (history.at(-1)?.level !== finding.severity) history.push({ at: when.at, level: finding.severity });
  const { id, target, ecosystem, package: name, ids, advisory, versions, severity } = finding;
  // Named one by one: an object that is spread together costs ten times as much, and there are tens of thousands.
  const draft: FindingDraft = {
    id,
    target,
    ecosystem,
    package: name,
    ids,
    everIds: new Set(ids),
    advisory,
    versions,
    severity,
    severityHistory: history,
    firstSeen: whole?.firstSeen ?? when,
    moves: [],
    absences: [],
    provisional: provisional === true,
  };
  if (facts !== undefined) draft.facts = facts;
  // One that was opened before, so that no chain of occurrences leads back to itself.
  if (back !== undefined && drafts.has(back)) draft.back = back;
  drafts.set(id, draft);
  for (const id of whole === undefined ? [] : finding.ids) whole?.everIds.delete(id);
}

export function change(draft: FindingDraft, body: BodyOf<'finding-changed'>, { at }: Moment): void {
  const { ids, advisory, versions, severity, target, facts, settled } = body;
  if (target !== undefined && target !== draft.target) {
    draft.moves.push({ at, from: draft.target });
    draft.target = target;
  }
  if (ids !== undefined) draft.ids = ids;
  for (const id of ids ?? []) draft.everIds.add(id);
  draft.advisory = advisory ?? draft.advisory;
  draft.versions = versions ?? draft.versions;
  if (severity !== undefined) rescore(draft, severity, at);
  if (settled === true) settle(draft);
  const merged = facts === undefined ? undefined : mergeFacts(draft.facts, facts);
  if (merged !== undefined) draft.facts = merged;
}

export function reopen(draft: FindingDraft, { at }: Moment): void {
  if (draft.closed === undefined) return;
  draft.absences.push({ from: draft.closed.at, to: at, by: draft.closed.by });
  delete draft.closed;
}

export function close(drafts: FindingDrafts, body: BodyOf<'finding-closed'>, when: Moment): void {
  const draft = drafts.get(body.id);
  if (draft === undefined || draft.closed !== undefined) return;
  const { by, into } = body;
  draft.closed = into === undefined ? { at: when.at, event: when.event, by } : { ...when, by, into };
  const survivor = by === 'merged' && into !== undefined ? drafts.get(into) : undefined;
  if (survivor !== undefined) absorb(survivor, draft);
}

/** One that goes on for two: the earlier dates and the worse levels of both, and every id of either. */
export function absorb(survivor: FindingDraft, other: KnownFinding): void {
  survivor.firstSeen = byMoment(other.firstSeen, survivor.firstSeen) < 0 ? other.firstSeen : survivor.firstSeen;
  survivor.severityHistory = worseOf(survivor.severityHistory, other.severityHistory);
  survivor.severity = survivor.severityHistory.at(-1)?.level ?? survivor.severity;
  survivor.provisional &&= other.provisional;
  for (const id of other.everIds) survivor.everIds.add(id);
}

/** Earlier first. */
export const byMoment = byEach<Moment>(
  (a, b) => byText(a.at, b.at),
  (a, b) => a.event - b.event,
);

function rescore(draft: FindingDraft, level: FindingDraft['severity'], at: string): void {
  draft.severity = level;
  if (draft.severityHistory.at(-1)?.level !== level) draft.severityHistory.push({ at, level });
}

/** What was left of a severity while nobody answered is no level it ever had. */
function settle(draft: FindingDraft): void {
  if (draft.provisional) draft.severityHistory = [{ at: draft.firstSeen.at, level: draft.severity }];
  draft.provisional = false;
}

/** A change names every fact it changes in full. What was opened without facts begins with a change that names them all. */
function mergeFacts(
  known: KnownFinding['facts'],
  changed: NonNullable<BodyOf<'finding-changed'>['facts']>,
): KnownFinding['facts'] {
  // The schema's partial form admits undefined; an event read from JSON holds none.
  return known === undefined ? findingFactsSchema.safeParse(changed).data : ({ ...known, ...changed } as FindingFacts);
}
