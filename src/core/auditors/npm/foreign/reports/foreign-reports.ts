/** Reports of pnpm, yarn and bun that were made elsewhere, each about targets whose only lock is its own. */
import type { SourceKind, Target } from '../../../../model/target.ts';
import { hasNpmLock } from '../../read-target.ts';
import type { ReportKind } from '../../report-kind.ts';
import { readForeign, readerOf } from '../read-foreign.ts';
import { readBunReport } from './bun-report.ts';
import { readPnpmReport } from './pnpm-report.ts';
import { readYarnReport } from './yarn-report.ts';

/** `pnpm audit --json`, of pnpm 7 and later. */
export const pnpmReports: ReportKind = {
  ...aboutLocksOf('pnpm-lock'),
  auditor: 'pnpm-audit',
  tool: 'pnpm',
  command: 'pnpm audit --json',
  read: readPnpmReport,
};

/** `yarn audit --json` of yarn 1, and `yarn npm audit --json` of those after it. */
export const yarnReports: ReportKind = {
  ...aboutLocksOf('yarn-lock'),
  auditor: 'yarn-audit',
  tool: 'yarn',
  command: 'yarn npm audit --all --recursive --json',
  read: readYarnReport,
};

/** `bun audit --json`. */
export const bunReports: ReportKind = {
  ...aboutLocksOf('bun-lock'),
  auditor: 'bun-audit',
  tool: 'bun',
  command: 'bun audit --json',
  read: readBunReport,
};

/** Their counts are of places in a tree: more than the lock has packages, never fewer. */
function aboutLocksOf(kind: SourceKind): Pick<ReportKind, 'covers' | 'readLock' | 'compareCount'> {
  return {
    covers: (target) => hasOnly(kind, target),
    readLock: readForeign,
    compareCount: (total, { inventory: { packages } }) =>
      total >= packages.length
        ? undefined
        : `The report counts ${total} packages and the lock has ${packages.length}: it leaves some out, or was made for another tree.`,
  };
}

function hasOnly(kind: SourceKind, { ecosystem, sources }: Target): boolean {
  const locks = sources.filter((source) => readerOf(source) !== undefined);
  return ecosystem === 'npm' && !hasNpmLock(sources) && locks.length > 0 && locks.every((lock) => lock.kind === kind);
}
