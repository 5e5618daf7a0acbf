/** Compares two reports: what is new, back, worse, better, fixed, and what nobody can tell. */
import { CHANGES } from '../model/report-diff.ts';
import type { Change, DiffRow, ReportDiff } from '../model/report-diff.ts';
import type { ReportView } from '../model/report.ts';
import { byEach, byText } from '../model/order.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';
import { compareAfter, compareBefore, compareBoth } from './compare.ts';
import { pairFindings } from './pair-findings.ts';

/** A report, and what it was asked for as. */
export interface NamedReport {
  readonly name: string;
  readonly view: ReportView;
}

/** The same two reports give the same value. What is gone is `fixed` only where the later report looked in full. */
export function diffReports(before: NamedReport, after: NamedReport): ReportDiff {
  const views = { before: before.view, after: after.view };
  const pairs = pairFindings(views.before.findings, views.after.findings);
  const same = pairs.both.map((pair) => compareBoth(pair.before, pair.after, views));
  const changes = [
    ...same,
    ...pairs.onlyAfter.map((finding) => compareAfter(finding, views.before)),
    ...pairs.onlyBefore.map((finding) => compareBefore(finding, views.after)),
  ]
    .filter((row) => row !== null)
    .sort(byWeight);
  const summary = { ...countChanges(changes), unchanged: same.filter((row) => row === null).length };
  return {
    schema: 'fixby.diff/v1',
    sentence: sentenceOf(summary),
    before: sideOf(before),
    after: sideOf(after),
    summary,
    changes,
    notes: notesOn(views.before, views.after),
  };
}

const byWeight = byEach<DiffRow>(
  (a, b) => CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change),
  (a, b) => levelOf(a) - levelOf(b),
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.advisory.id, b.advisory.id),
  (a, b) => byText(a.key, b.key),
);

function levelOf({ after, before }: DiffRow): number {
  return SEVERITY_LEVELS.indexOf((after ?? before)?.severity ?? 'unknown');
}

function countChanges(changes: readonly DiffRow[]): Record<Change, number> {
  const counts = CHANGES.map((change) => [change, changes.filter((row) => row.change === change).length]);
  return Object.fromEntries(counts) as Record<Change, number>;
}

const WORDS: Readonly<Record<Change, string>> = {
  new: 'new',
  reopened: 're-opened',
  worsened: 'worsened',
  unknown: 'no longer known',
  uncovered: 'seen where nobody had looked',
  eased: 'eased',
  withdrawn: 'withdrawn',
  fixed: 'fixed',
};

function sentenceOf(summary: ReportDiff['summary']): string {
  const parts = CHANGES.filter((change) => summary[change] > 0).map((change) => `${summary[change]} ${WORDS[change]}`);
  const rest = `${summary.unchanged} unchanged`;
  return parts.length === 0 ? `Nothing changed (${rest}).` : `${parts.join(', ')}; ${rest}.`;
}

function sideOf({ name, view }: NamedReport): ReportDiff['before'] {
  const { asOf, generatedAt, command, verdict, repository, policy } = view;
  return {
    ...{ name, asOf, generatedAt, command, verdict },
    ...(repository.commit === undefined ? {} : { commit: repository.commit }),
    policySha256: policy.source.sha256,
  };
}

function notesOn(before: ReportView, after: ReportView): string[] {
  const { source: was } = before.policy;
  const { source: is } = after.policy;
  return [
    ...(before.asOf > after.asOf ? ['The second report is the older one: what was fixed since shows as new.'] : []),
    ...(was.sha256 === is.sha256
      ? []
      : [`The policy (${is.file}) is not the same in both: dates may differ for that alone.`]),
    ...[before, after].flatMap((view, index) => incomplete(view, index === 0 ? 'first' : 'second')),
  ];
}

function incomplete({ open }: ReportView, which: string): readonly string[] {
  const more = open.length > 1 ? ` (and ${open.length - 1} more)` : '';
  return open.length === 0 ? [] : [`The ${which} report could not look everywhere: ${open[0] ?? ''}${more}`];
}
