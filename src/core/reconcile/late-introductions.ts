/** Says where the history dates a finding later than the ledger saw it: rewritten, forged, or taken out and put back between runs. */
import type { DatedFinding } from '../model/finding.ts';
import { sortedUnique } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';

const NAMED = 5;

/** `told` are the findings as the history dates them, `dated` the same ones with what the ledger knows, in the same order. */
export function lateIntroductions(told: readonly DatedFinding[], dated: readonly DatedFinding[]): readonly Problem[] {
  const late = dated.filter(({ timeline: { firstSeen } }, index) => {
    const introduced = told[index]?.timeline.introduced?.at;
    return introduced !== undefined && firstSeen !== undefined && introduced > firstSeen.at;
  });
  if (late.length === 0) return [];
  const names = sortedUnique(late.map((finding) => finding.package)).map((name) => excerpt(name, 80));
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return [
    {
      target: null,
      code: 'introduced-after-sight',
      message: `The history dates ${late.length === 1 ? 'a finding' : `${late.length} findings`} (${names.slice(0, NAMED).join(', ')}${more}) later than the ledger first saw ${late.length === 1 ? 'it' : 'them'}: what was known then counts.`,
      mend: 'Look at whether the history was rewritten, or the package was taken out and put back between two runs.',
      blocks: false,
    },
  ];
}
