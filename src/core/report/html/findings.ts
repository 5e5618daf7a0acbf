/** The list of all findings: a row each, which opens to everything its deadline rests on; without a script it is whole. */
import { DEADLINE_STATES } from '../../model/deadline.ts';
import { sortedUnique } from '../../model/order.ts';
import type { ReportFinding, ReportView } from '../../model/report.ts';
import { SEVERITY_LEVELS } from '../../model/severity.ts';
import { explainFinding } from '../explain/explanation.ts';
import { explanationParts, type ExplanationPart } from '../explain/parts.ts';
import { STATE_WORDS, dueWords, fixWords, likelihoodWords, packageWords } from '../words.ts';
import { html, type Content, type Markup } from './markup.ts';
import { inLines, link, section, severityTag } from './nodes.ts';
import type { Page, Section } from './page.ts';

/** Every finding in the order of the view, with what filters and sorts them where scripts run. */
export const findingsSection: Section = (page) => {
  const { findings } = page.view;
  if (findings.length === 0) {
    return section('findings', 'Findings', html`<p>None was reported by the audits listed below.</p>`);
  }
  return section(
    'findings',
    html`Findings <span class="count">${findings.length}</span>`,
    html`${controls(page.view)}
      <ol class="rows ${findings.length > MOST_IN_PRINT && 'long'}" id="rows">
        ${findings.map((finding) => row(finding, page))}
      </ol>`,
  );
};

// On paper a row opens by itself, unless that made a book of it.
const MOST_IN_PRINT = 150;

/** Hidden until the script has found them. */
function controls({ findings, summary, targets }: ReportView): Markup {
  const states = DEADLINE_STATES.filter((state) => summary.byState[state] > 0);
  const levels = SEVERITY_LEVELS.filter((level) => summary.bySeverity[level] > 0);
  const places = sortedUnique([...targets.map(({ path }) => path), ...findings.map(({ target }) => target)]);
  return html`<form class="controls" id="controls" role="search" aria-label="Findings" hidden>
    <label class="find"
      >Find <input type="search" name="text" autocomplete="off" placeholder="package, advisory, words"
    /></label>
    ${select('severity', 'Severity', [
      ...levels.map((level) => [level, `${level} (${summary.bySeverity[level]})`] as const),
    ])}
    ${select('state', 'State', [
      ...states.map((state) => [state, `${STATE_WORDS[state]} (${summary.byState[state]})`] as const),
    ])}
    ${select('target', 'Target', [...places.map((place) => [place, place] as const)])}
    <fieldset class="choice">
      <legend>Sort by</legend>
      ${['urgency', 'severity', 'package', 'target'].map(
        (key, index) =>
          html`<label
            ><input type="radio" name="sort" value="${key}" ${index === 0 && CHECKED} /><span>${key}</span></label
          >`,
      )}
    </fieldset>
    <output class="shown" name="shown" aria-live="polite">${findings.length} of ${findings.length} shown</output>
  </form>`;
}

const CHECKED = html`checked`;

function select(name: string, label: string, options: readonly (readonly [value: string, words: string])[]): Markup {
  return html`<label
    >${label}
    <select name="${name}">
      <option value="">all</option>
      ${options.map(([value, words]) => html`<option value="${value}">${words}</option>`)}
    </select></label
  >`;
}

function row(finding: ReportFinding, page: Page): Markup {
  const { advisory, deadline, severity, target } = finding;
  const { calendar, view } = page;
  const explained = explainFinding(finding, view, deadline.arithmetic ?? []);
  return html`<li
    data-severity="${severity.level}"
    data-state="${deadline.state}"
    data-target="${target}"
    data-package="${finding.package}"
    data-ids="${advisory.id} ${advisory.aliases.join(' ')}"
  >
    <details>
      <summary>
        <span class="due ${deadline.state}">${dueWords(finding, calendar)}</span>
        ${severityTag(severity.level)}
        <span class="what"
          ><span class="mono name">${packageWords(finding)}</span>
          <span class="title">${advisory.summary}</span> ${tags(finding, page)}</span
        >
        <span class="where mono">${target}</span>
        <span class="fix">${fixWords(finding)}</span>
      </summary>
      <div class="story" id="${page.anchorOf(finding)}">
        <dl>${explanationParts(explained, calendar).map((part) => partEntry(part, finding))}</dl>
      </div>
    </details>
  </li>`;
}

/** What sets a finding apart from others, in a word each. */
function tags(
  { key, advisory, severity, exception, breaks, counts, timeline }: ReportFinding,
  { fresh, returned }: Page,
): Content {
  const words = [
    breaks && 'fails this run',
    !counts && 'not counted',
    advisory.malware && 'malware',
    timeline.knownExploited !== undefined && 'known exploited',
    severity.disputed && 'severity disputed',
    exception !== undefined && 'accepted',
    fresh.has(key) && 'new',
    returned.has(key) && 'back again',
  ];
  return words.map((word) => word !== false && html`<span class="tag">${word}</span> `);
}

function partEntry({ heading, lines }: ExplanationPart, finding: ReportFinding): Markup {
  const likelihood = heading === 'Severity' ? likelihoodWords(finding) : '';
  const all = likelihood === '' ? lines : [...lines, likelihood];
  return html`<dt>${heading}</dt>
    <dd>${inLines(all.map((line) => lineContent(line, finding)))}</dd>`;
}

/** A command can be taken as it stands, and the address of the advisory leads there. */
function lineContent(line: string, { advisory }: ReportFinding): Content {
  if (line.startsWith('$ ')) return html`<code>${line.slice(2)}</code>`;
  return line === advisory.url ? link(line, line) : line;
}
