/** Puts the checks of a machine together, and says whether an audit on it can be conclusive. */
import type { DoctorCheck, DoctorReport } from '../model/doctor-report.ts';
import type { UsageError } from '../model/problem.ts';

/** The report on `checks`, in their order. */
export function toDoctorReport(checks: readonly DoctorCheck[]): DoctorReport {
  const ready = checks.every(({ status }) => status !== 'failed' && status !== 'invalid');
  return { schema: 'fixby.doctor/v1', ready, checks: [...checks] };
}

/** A file that cannot be used: one check a problem, or the whole where there is only that. */
export function invalid(check: string, error: UsageError): readonly DoctorCheck[] {
  const causes = error.problems.length === 0 ? [error] : error.problems;
  return causes.map(({ message, mend }) => ({ check, status: 'invalid', message, mend }));
}
