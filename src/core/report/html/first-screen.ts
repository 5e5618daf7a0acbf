/** The first screen of the page: the verdict, what to do next, what is due first, what could not be checked, which policy. */
import type { ReportFinding, ReportTarget, ReportView } from '../../model/report.ts';
import { describeWindow } from '../../model/window-words.ts';
import { breaksDiffer, dueFirst, notChecked, notCovered, openProblems, otherQuestions } from '../first-screen.ts';
import { nextSteps } from '../next-steps.ts';
import {
  VERDICT_WORDS,
  count,
  coverageWords,
  dueWords,
  fixWords,
  minuteOf,
  packageWords,
  placeWords,
  runWords,
} from '../words.ts';
import { html, type Content, type Markup } from './markup.ts';
import { section, severityTag, table } from './nodes.ts';
import type { Page, Section } from './page.ts';

const FIRST_FINDINGS = 10;
const FIRST_BROKEN = 20;
const FIRST_SKIPPED = 3;

/** The verdict and its cause in one sentence, and what was judged when. */
export const headline: Section = ({ view }) => {
  const { mark, word } = VERDICT_WORDS[view.verdict];
  return html`<header class="headline">
    <h1>
      <span class="verdict ${view.verdict}"><span aria-hidden="true">${mark}</span> ${word}</span>
      <span class="sentence">${view.sentence}</span>
    </h1>
    <p class="aside">${runWords(view)}, judged as of ${minuteOf(view.asOf)}</p>
  </header>`;
};

/** What to do now, most urgent first. */
export const nextSection: Section = ({ view }) =>
  section(
    'next',
    'Next',
    html`<ol class="steps">
      ${nextSteps(view).map((step) => html`<li>${step}</li>`)}
    </ol>`,
  );

/** The findings somebody has to act on; in a failure without any, what broke the policy instead. */
export const dueSection: Section = (page) => {
  const urgent = dueFirst(page.view);
  if (urgent.length === 0) return brokenSection(page);
  const shown = urgent.slice(0, FIRST_FINDINGS);
  const isMarked = breaksDiffer(shown);
  const rows = shown.map((finding) => dueCells(finding, page, isMarked));
  const hidden = urgent.length - shown.length;
  return section(
    'due',
    'Due first',
    html`${table('Due first', ['Due', 'Severity', 'Package', 'Target', 'Fix'], rows)}
    ${isMarked && html`<p class="aside">✖ made this run fail.</p>`}
    ${hidden > 0 && html`<p class="aside"><a href="#findings">And ${hidden} more among all findings.</a></p>`}`,
  );
};

function dueCells(finding: ReportFinding, { calendar, anchorOf }: Page, isMarked: boolean): readonly Content[] {
  const { deadline, severity, target } = finding;
  return [
    html`<span class="due ${deadline.state}"
      >${isMarked && finding.breaks && html`✖ `}${dueWords(finding, calendar)}</span
    >`,
    severityTag(severity.level),
    html`<a class="mono" href="#${anchorOf(finding)}">${packageWords(finding)}</a>`,
    html`<span class="mono">${target}</span>`,
    fixWords(finding),
  ];
}

function brokenSection({ view: { verdict, broken } }: Page): Content {
  if (verdict !== 'fail' || broken.length === 0) return undefined;
  const hidden = broken.length - FIRST_BROKEN;
  const causes = broken.slice(0, FIRST_BROKEN).map((cause) => html`<li>${cause}</li>`);
  return section(
    'broken',
    'Broken',
    html`<ul>
      ${causes}${hidden > 0 && html`<li>… and ${hidden} more</li>`}
    </ul>`,
  );
}

/** Never missing: where everything was looked at, it says how much that was. */
export const uncheckedSection: Section = ({ view }) => {
  const gaps = view.targets.filter(({ outcome, coverage }) => outcome === 'audited' && coverage.skipped.length > 0);
  const entries = [
    ...notChecked(view).map(blindEntry),
    ...gaps.map(gapEntry),
    ...openProblems(view).map(problemEntry),
    ...otherQuestions(view).map((question) => html`<li>${question}</li>`),
    ...notCovered(view).map(problemEntry),
  ];
  const coverage = html`<p class="aside">${coverageWords(view).join(', ')}.</p>`;
  return section(
    'unchecked',
    'Could not be checked',
    html`${
      entries.length === 0
        ? html`<p>Nothing was left out.</p>`
        : html`<ul class="open">
            ${entries}
          </ul>`
    }${coverage}`,
  );
};

function blindEntry({
  path,
  ecosystem,
  auditor,
  message = 'no reason was given',
  mend = '',
  reason,
}: ReportTarget): Markup {
  return html`<li>
    <strong class="mono">${path}</strong> (${auditor === 'none' ? ecosystem : auditor}): ${message}
    ${reason !== undefined && html`<span class="aside">[${reason}]</span>`}
    ${mend !== '' && html`<span class="mend">${mend}</span>`}
  </li>`;
}

function problemEntry({ target, code, message, mend }: ReportView['problems'][number]): Markup {
  return html`<li>
    ${target !== null && html`<strong class="mono">${target}</strong>: `}${message}
    <span class="aside">[${code}]</span>
    ${mend !== '' && html`<span class="mend">${mend}</span>`}
  </li>`;
}

function gapEntry({ path, coverage: { skipped } }: ReportTarget): Markup {
  const names = skipped.slice(0, FIRST_SKIPPED).map(({ name, version, reason }) => {
    return `${version === undefined ? name : `${name}@${version}`} (${reason})`;
  });
  const rest = skipped.length - names.length;
  return html`<li>
    <strong class="mono">${path}</strong>: ${count(skipped.length, 'package')} not audited: ${names.join(', ')}
    ${rest > 0 && `and ${rest} more`}
  </li>`;
}

/** The windows of the policy in its own words, each with its line. */
export const policySection: Section = ({ view: { policy } }) =>
  section(
    'policy',
    'Policy',
    html`<ul class="rules">
        ${policy.windows.map(
          ({ severity, window, text, note, ...place }) =>
            html`<li>
              ${severityTag(severity)} <span class="window">${describeWindow(window)}</span> <q>${text}</q>
              <span class="aside mono">${placeWords(place)}</span>
              ${note !== undefined && html`<span class="aside">understood as: ${note}</span>`}
            </li>`,
        )}
      </ul>
      <p class="aside">
        Days end in ${policy.timeZone}; an unknown severity is judged as ${policy.unknownAs}.
        <span class="mono">${placeWords(policy.source)}</span>, SHA-256
        <span class="mono hash">${policy.source.sha256}</span>
      </p>`,
  );
