/** Says which fixes could not be dated, and which were taken back. */
import type { Ecosystem } from '../model/ecosystem.ts';
import type { Finding } from '../model/finding.ts';
import { sortedUnique } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';

/** A package whose fix has no date, and why in a clause. */
export interface UndatedFix {
  readonly ecosystem: Ecosystem;
  readonly package: string;
  readonly why: string;
}

const NAMED = 5;

/** One problem for each reason. None leaves a question open: a clock without this date never starts later. */
export function describeUndated(undated: readonly UndatedFix[]): readonly Problem[] {
  return sortedUnique(undated.map(({ why }) => why)).map((why) => {
    const names = sortedUnique(undated.filter((each) => each.why === why).map((each) => each.package));
    const shown = names.slice(0, NAMED).map((name) => excerpt(name, 60));
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    return {
      target: null,
      code: 'fix-date-unknown',
      message: `When a fix was released is not known for ${shown.join(', ')}${more}: ${why}. Their clocks start without it, which is never later.`,
      mend: 'Nothing is hidden by it; if clocks start too early, let fixby ask a registry that has these packages with their dates.',
      blocks: false,
    };
  });
}

/** A finding whose only fixes were taken back. */
export function describeWithdrawnFix({ target, package: name, advisory, fix }: Finding, source: string): Problem {
  return {
    target,
    code: 'fix-withdrawn',
    message: `${name} ${fix.version ?? ''}, which fixes ${advisory.id}, was taken back from ${source}, and no later version is free of it.`,
    mend: 'Watch for a new version, or replace the package.',
    blocks: false,
  };
}
