/** A trial repository for each ecosystem: an audit of it asks the real source the real question, canary included. */
import type { AuditOutcome } from '../model/audit.ts';
import type { DoctorCheck } from '../model/doctor-report.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import type { FileRead } from '../model/file.ts';
import type { Target } from '../model/target.ts';

const PACKAGE = { name: 'trial', version: '1.0.0', dependencies: { ms: '2.1.3' } };

const FILES: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify(PACKAGE),
  'package-lock.json': JSON.stringify({
    name: PACKAGE.name,
    version: PACKAGE.version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': PACKAGE, 'node_modules/ms': { version: '2.1.3' } },
  }),
  'pylock.toml': 'lock-version = "1.0"\ncreated-by = "trial"\n\n[[packages]]\nname = "six"\nversion = "1.17.0"\n',
};

/** A folder with one locked package; its files are those of `readTrialFile`. */
export const TRIALS: readonly Target[] = [
  {
    path: '.',
    ecosystem: 'npm',
    sources: [
      { path: 'package-lock.json', kind: 'package-lock' },
      { path: 'package.json', kind: 'package-json' },
    ],
  },
  { path: '.', ecosystem: 'PyPI', sources: [{ path: 'pylock.toml', kind: 'pylock' }] },
];

/** A file of the trial repository. */
export function readTrialFile(path: string): FileRead {
  const text = FILES[path];
  if (text === undefined) return { status: 'missing', path, detail: 'it is not there' };
  return { status: 'ok', path, text, encoding: 'utf-8', sha256: '' };
}

/** Advisories that every source of an ecosystem has: those of the canaries. */
export const CANARY_ADVISORIES: Readonly<Record<Ecosystem, string>> = {
  npm: 'GHSA-vh95-rmgr-6w4m',
  PyPI: 'PYSEC-2018-97',
};

/** What each ecosystem's source is called. */
export const SOURCE_NAMES: Readonly<Record<Ecosystem, string>> = { npm: 'npm registry', PyPI: 'OSV source' };

/** The outcome of a trial audit as a check. */
export function trialCheck(ecosystem: Ecosystem, outcome: AuditOutcome, source: string): DoctorCheck {
  const check = SOURCE_NAMES[ecosystem];
  if (outcome.status === 'audited')
    return { check, status: 'ok', message: `${source} answers, and knows the planted vulnerable package` };
  const mend = 'mend' in outcome ? { mend: outcome.mend } : {};
  return { check, status: 'failed', message: outcome.message, ...mend };
}
