/** Decides which accepted risk covers a finding, and until when. */
import pep440 from '@renovatebot/pep440';
import semver from 'semver';
import type { RiskException } from '../model/exception.ts';
import type { Finding } from '../model/finding.ts';
import { normalizeName } from '../model/ecosystem.ts';
import { byEach, byText } from '../model/order.ts';
import { dayOf } from './calendar.ts';

/** The exception that holds, or else the one that held longest; `null` when none is about the finding. */
export interface ExceptionState {
  readonly exception: RiskException;
  readonly holds: boolean;
}

/** Exceptions hold through the whole of their last day in `timeZone`. An expiry that is no day holds never. */
export function findException(
  finding: Finding,
  exceptions: readonly RiskException[],
  now: string,
  timeZone: string,
): ExceptionState | null {
  const [latest] = exceptions.filter((exception) => covers(exception, finding)).sort(byExpiry);
  if (latest === undefined) return null;
  return { exception: latest, holds: dayOf(now, timeZone).toString() <= expiryOf(latest) };
}

const byExpiry = byEach<RiskException>(
  (a, b) => byText(expiryOf(b), expiryOf(a)),
  (a, b) => a.line - b.line,
);

function expiryOf({ expires }: RiskException): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(expires) ? expires : '';
}

/** Every condition an exception names has to hold; a range has to cover every installed version, known ones only. */
function covers({ advisory, target, package: name, versions }: RiskException, finding: Finding): boolean {
  const ids = [finding.advisory.id, ...finding.advisory.aliases].map((id) => id.toLowerCase());
  return (
    ids.includes(advisory.toLowerCase()) &&
    (target === undefined || target === finding.target) &&
    (name === undefined || normalizeName(finding.ecosystem, name) === finding.package) &&
    (versions === undefined || coversVersions(versions, finding))
  );
}

function coversVersions(range: string, { ecosystem, versions }: Finding): boolean {
  const isIn = (version: string): boolean =>
    ecosystem === 'npm'
      ? semver.satisfies(version, range, { includePrerelease: true })
      : pep440.satisfies(version, range, { prereleases: true });
  return versions.length > 0 && versions.every(isIn);
}
