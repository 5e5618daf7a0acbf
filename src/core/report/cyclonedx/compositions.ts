/** Says how complete the bill is: whether a lock was read whole, in part, or whether its packages are not in the view. */
import type { ReportTarget, ReportView } from '../../model/report.ts';
import { targetRef } from './refs.ts';

type Aggregate = 'complete' | 'incomplete' | 'unknown';

// The worst of what several auditors of one target say comes last.
const ORDER: readonly Aggregate[] = ['complete', 'incomplete', 'unknown'];

/** One entry for each degree that occurs, with its targets. */
export function boundary({ targets }: ReportView): readonly object[] {
  const degrees = new Map<string, Aggregate>();
  for (const target of targets) {
    // It read the same lock as the row that answers.
    if (target.secondOpinion === true) continue;
    const ref = targetRef(target);
    const degree = degreeOf(target);
    const known = degrees.get(ref);
    if (known === undefined || ORDER.indexOf(degree) > ORDER.indexOf(known)) degrees.set(ref, degree);
  }
  return ORDER.flatMap((aggregate) => {
    const assemblies = [...degrees].filter(([, degree]) => degree === aggregate).map(([ref]) => ref);
    return assemblies.length === 0 ? [] : [{ aggregate, assemblies }];
  });
}

function degreeOf({ packages, coverage }: ReportTarget): Aggregate {
  if (packages === undefined) return 'unknown';
  return packages.length > 0 && packages.length === coverage.packages ? 'complete' : 'incomplete';
}
