/** Decides which advisory ids are still to be asked for. */
import type { AdvisoryLookup } from '../model/advisory.ts';
import { sortedUnique } from '../model/order.ts';
import { indexLookups } from './advisory-index.ts';
import { aliasSets } from './alias-sets.ts';
import type { ReportGroup } from './collect.ts';
import { isLookable } from './ids.ts';

/**
 * Ids of the groups' alias sets, as far as they are known by now, that no lookup has answered; sorted. Ask for them, add
 * the answers to `lookups` and call again: found records name further aliases. Empty means there is nothing left to ask.
 */
export function missingIds(groups: readonly ReportGroup[], lookups: readonly AdvisoryLookup[]): readonly string[] {
  const index = indexLookups(lookups);
  const ids = groups.flatMap((group) => aliasSets(group, index).flatMap((set) => set.ids));
  return sortedUnique(ids).filter((id) => isLookable(id) && index.answer(id) === undefined);
}
