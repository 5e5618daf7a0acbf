/** Names the items of a plan of action: no item that was closed is ever the name of an open one. */
import type { ReportFinding, ReportView } from '../../model/report.ts';
import { digestOf } from '../identity.ts';

/** Ids of items. `nth` counts the times a finding was there, from 1. */
export interface ItemIds {
  /** Of a finding that is there now. */
  readonly current: (finding: Pick<ReportFinding, 'ledgerId' | 'key'>) => string;
  /** Of the item before that of a finding; `undefined` for the first. */
  readonly before: (finding: Pick<ReportFinding, 'ledgerId' | 'back'>) => string | undefined;
  readonly nth: (ledgerId: string, nth: number) => string;
  /** Of the last item of a finding, whether it is open or not. */
  readonly last: (ledgerId: string) => string;
  /** Of the first item of the occurrence that followed; `undefined` where it never came back. */
  readonly after: (ledgerId: string) => string | undefined;
}

/**
 * The ids are the ledger's. A finding that was gone without a change of the repository keeps its clock and its id there, but
 * its item was closed: the next one has a number after the id. What no ledger knows yet is named after its key.
 */
export function itemIds({ closed = [], findings }: Pick<ReportView, 'closed' | 'findings'>): ItemIds {
  const gone = new Map<string, number>();
  const next = new Map<string, string>();
  for (const { ledgerId, cameBackAt, previous } of closed) {
    if (cameBackAt !== undefined) gone.set(ledgerId, (gone.get(ledgerId) ?? 0) + 1);
    if (previous !== undefined) next.set(previous, ledgerId);
  }
  const nth = (id: string, number: number): string => (number === 1 ? id : `${id}-${number}`);
  const times = (id: string): number => gone.get(id) ?? 0;
  const last = (id: string): string => nth(id, times(id) + 1);
  const current: ItemIds['current'] = ({ ledgerId, key }) =>
    ledgerId === undefined ? `unrecorded-${digestOf(key).slice(0, 16)}` : last(ledgerId);
  for (const { back, ledgerId, key } of findings)
    if (back !== undefined && !next.has(back.ledgerId)) next.set(back.ledgerId, ledgerId ?? current({ key }));
  return {
    nth,
    last,
    current,
    after: (ledgerId) => next.get(ledgerId),
    before: ({ ledgerId, back }) => {
      const absences = ledgerId === undefined ? 0 : times(ledgerId);
      if (ledgerId !== undefined && absences > 0) return nth(ledgerId, absences);
      return back === undefined ? undefined : last(back.ledgerId);
    },
  };
}
