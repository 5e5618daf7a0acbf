/** Takes a report of an audit as evidence: whether it is one, of this state of the repository, recent, and without gaps. */
import { reportSchema, type ReportView } from '../model/report.ts';
import { askReport, readFiles } from '../model/program.ts';
import { excerpt } from '../model/text.ts';
import { daysBetween } from './dates.ts';
import { cannotTell } from './evidence.ts';
import type { Program } from '../model/program.ts';
import type { Evidence, PromiseFacts } from '../model/promise.ts';

/** A report older than this says nothing about today: advisories are published every day. */
const FRESH_DAYS = 2;

const HOW = 'Run `fixby audit --format json > report.json`, then `fixby promises --report report.json`.';

/** `about`: it is about the files as they lie here. `gaps` are the reasons why an empty list would not mean that there is nothing. */
export interface ReportEvidence {
  readonly view: ReportView;
  readonly about: boolean;
  readonly gaps: readonly Evidence[];
}

/** The report, or the doubt that is left without one. */
export function* readReport(facts: PromiseFacts): Program<ReportEvidence | Evidence> {
  const report = yield* askReport();
  if (report === null) return cannotTell('no-evidence', 'no report of an audit was given', HOW);
  const view = parseReport(report.text);
  if (view === null)
    return cannotTell('unreadable', `${excerpt(report.file)} is no report of fixby (fixby.report/v1)`, HOW);
  const changed = yield* findChanged(view);
  return { view, about: changed.length === 0, gaps: [...changed, ...findGaps(view, facts)] };
}

function parseReport(text: string): ReportView | null {
  try {
    const parsed = reportSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Files that are not what the report looked at. */
function* findChanged({ targets }: ReportView): Program<readonly Evidence[]> {
  const stated = targets.flatMap(({ files }) => files);
  const files = yield* readFiles(stated.map(({ path }) => path));
  const changed = stated.filter(({ sha256 }, index) => {
    const file = files[index];
    return file?.status !== 'ok' || file.sha256 !== sha256;
  });
  return changed.map(({ path }) =>
    cannotTell('no-evidence', `${excerpt(path)} is not what the report looked at`, HOW, { file: path }),
  );
}

function findGaps(view: ReportView, { now, targets }: PromiseFacts): readonly Evidence[] {
  const gap = (text: string): Evidence => cannotTell('no-evidence', text, HOW);
  const age = daysBetween(view.asOf, now);
  const seen = new Set(view.targets.map(({ path, ecosystem }) => `${ecosystem}:${path}`));
  return [
    ...(age > FRESH_DAYS || age < -1 ? [gap(`the report is of ${view.asOf.slice(0, 10)}`)] : []),
    ...targets
      .filter(({ path, ecosystem }) => !seen.has(`${ecosystem}:${path}`))
      .map(({ path, ecosystem }) => gap(`the report has nothing of ${ecosystem} in ${excerpt(path)}`)),
    ...view.targets
      .filter(({ outcome, secondOpinion }) => outcome === 'unavailable' && secondOpinion !== true)
      .map(({ path, auditor, reason }) =>
        gap(`${auditor} could not look at ${excerpt(path)} (${reason ?? 'unknown'})`),
      ),
    ...view.targets
      .filter(
        ({ outcome, coverage, secondOpinion }) =>
          outcome === 'audited' && coverage.skipped.length > 0 && secondOpinion !== true,
      )
      .map(({ path, coverage }) => gap(`${coverage.skipped.length} packages of ${excerpt(path)} were not audited`)),
    ...view.problems.filter(({ blocks }) => blocks).map(({ message }) => gap(excerpt(message))),
  ];
}
