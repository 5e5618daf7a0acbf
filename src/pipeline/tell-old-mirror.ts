/** Says when the mirror a run takes its advisories from is older than is believed, whichever auditors were asked. */
import type { Audit } from '../core/model/audit.ts';
import { ECOSYSTEMS } from '../core/model/ecosystem.ts';
import type { Problem } from '../core/model/problem.ts';
import { excerpt } from '../core/model/text.ts';
import type { PackageAdvisories } from '../ports/advisories.ts';

/** One problem an ecosystem that was audited; it blocks nothing: what an audit of the mirror alone proves is its outcome's to say. */
export function tellOldMirror(audits: readonly Audit[], packages: PackageAdvisories): readonly Problem[] {
  const audited = ECOSYSTEMS.filter((ecosystem) => audits.some(({ target }) => target.ecosystem === ecosystem));
  return audited.flatMap((ecosystem): readonly Problem[] => {
    const { isMirror, stale } = packages.age(ecosystem);
    if (!isMirror || stale === undefined) return [];
    return [
      {
        target: null,
        code: 'mirror-old',
        message: `What this report says of advisories comes from ${excerpt(packages.source)}, and ${stale}.`,
        mend: `Run \`fixby mirror import ${ecosystem}\`, and have it run every few hours (docs/mirror.md).`,
        blocks: false,
      },
    ];
  });
}
