/** Turns the answers of pip-audit and uv into reported vulnerabilities of inventory entries. */
import type { ReportedVulnerability } from '../../model/audit.ts';
import { byEach, byText, sortedUnique } from '../../model/order.ts';
import type { Answered } from './report-document.ts';

export const AUDITOR = 'pip-audit';

/** One report of `auditor` a package and alias set, whatever the number of installed versions it affects. */
export function toReported(
  auditor: string,
  answers: readonly { readonly ids: readonly string[]; readonly answer: Answered }[],
): readonly ReportedVulnerability[] {
  const byKey = new Map<string, ReportedVulnerability>();
  for (const { ids, answer } of answers) {
    for (const vulnerability of answer.vulnerabilities) {
      const key = [answer.name, ...vulnerability.ids].join('\n');
      const same = byKey.get(key);
      byKey.set(key, {
        auditor,
        package: answer.name,
        affects: sortedUnique([...(same?.affects ?? []), ...ids]),
        ids: vulnerability.ids,
        summary: vulnerability.summary,
        fixedIn: sortedUnique([...(same?.fixedIn ?? []), ...vulnerability.fixedIn]),
      });
    }
  }
  return [...byKey.values()].sort(
    byEach(
      (a, b) => byText(a.package, b.package),
      (a, b) => byText(a.ids.join(), b.ids.join()),
    ),
  );
}
