/** Digests for the tests: of a run with news of every kind, of one with nothing to tell, and with hostile words everywhere. */
import type { Digest } from '../../../src/core/model/digest.ts';
import type { ReportView, RunChanges } from '../../../src/core/model/report.ts';
import { digestOf } from '../../../src/core/notify/digest.ts';
import { addProblems } from '../../../src/core/report/add-problems.ts';
import { cleanView, richView, withForeignTexts } from '../report/views.ts';

const missed = {
  target: null,
  code: 'runs-missed',
  message: 'The last recorded run was 3 days ago.',
  mend: 'See in the log.',
  blocks: false,
};

const keyOf = (state: string): string[] =>
  richView.findings.filter(({ deadline }) => deadline.state === state).map(({ key }) => key);

const changes: RunChanges = {
  previousRun: '2025-11-30T02:00:00.000Z',
  opened: keyOf('overdue'),
  back: keyOf('due'),
  cleared: [
    {
      ledgerId: 'abc',
      target: 'web',
      ecosystem: 'npm',
      package: 'minimist',
      versions: ['1.2.0'],
      advisory: 'GHSA-test-9999-0001',
      severity: 'high',
      by: 'upgraded',
      firstSeen: '2025-11-01T02:00:00.000Z',
    },
  ],
};

/** An accepted risk ends nine days later. */
export const newsView: ReportView = addProblems({ ...richView, asOf: '2026-01-22T02:00:00.000Z', changes }, [missed]);
export const calmView: ReportView = {
  ...cleanView,
  targets: cleanView.targets.map((target) => ({ ...target, coverage: { ...target.coverage, skipped: [] } })),
  open: [],
  problems: [],
  changes: { previousRun: '2025-11-30T02:00:00.000Z', opened: [], back: [], cleared: [] },
};

export const newsDigest: Digest = digestOf(newsView, 'acme/shop');
export const calmDigest: Digest = digestOf(calmView, 'acme/shop');

/** Every foreign word of a run with news replaced by `text`. */
export function hostileDigest(text: string): Digest {
  // Keys become equal, so that every finding is new and back again.
  const isOurs = (word: string): boolean => /^(?:upgraded|runs-missed|\d{4}-\d\d-\d\d.*)$/.test(word);
  const view = withForeignTexts(newsView, (word) => (isOurs(word) ? word : text));
  return digestOf(view, text);
}
