/** The sections of a release: what is to be tagged, what stands in its way, what goes out with it, and who signs. */
import type { ReportFinding } from '../../model/report.ts';
import { BLOCKER_WORDS, cargo, groundWords, releaseWords, whatIfWords } from '../release-words.ts';
import { dueWords, packageWords } from '../words.ts';
import { html, type Content } from './markup.ts';
import { section, severityTag, table } from './nodes.ts';
import type { Page, Section } from './page.ts';

/** Which release is meant, and which moment. */
export const plannedSection: Section = ({ view }) => {
  if (view.release === undefined) return undefined;
  const whatIf = whatIfWords(view);
  return html`<p class="planned">${releaseWords(view.release)}. ${whatIf ?? ''}</p>`;
};

/** Every reason why it may not be tagged, with what clears it. */
export const blockerSection: Section = ({ view: { release } }) => {
  if (release === undefined) return undefined;
  const rows = release.blockers.map(({ code, message, clears }) => [BLOCKER_WORDS[code], message, clears]);
  const body = rows.length === 0 ? html`<p>Nothing.</p>` : table('Blockers', ['Why', 'What', 'What clears it'], rows);
  return section('blockers', 'What stands in its way', body);
};

/** What is known of and goes out all the same, and on what ground. */
export const cargoSection: Section = (page) => {
  if (page.view.release === undefined) return undefined;
  const rows = cargo(page.view).map((finding) => cargoCells(finding, page));
  const head = ['Stands', 'Severity', 'Package', 'Target', 'On what ground'];
  const body = rows.length === 0 ? html`<p>No finding that is known of.</p>` : table('Goes out', head, rows);
  return section('cargo', 'What goes out with it', body);
};

function cargoCells(finding: ReportFinding, { calendar, anchorOf }: Page): readonly Content[] {
  return [
    dueWords(finding, calendar),
    severityTag(finding.severity.level),
    html`<a class="mono" href="#${anchorOf(finding)}">${packageWords(finding)}</a>`,
    html`<span class="mono">${finding.target}</span>`,
    groundWords(finding),
  ];
}

/** Room on paper for those who answer for the release. */
export const signatureSection: Section = ({ view: { release } }) => {
  if (release === undefined) return undefined;
  const rows = ['Release manager', 'Approver'].map((role) => [role, '', '', '']);
  return section(
    'sign-off',
    'Sign-off',
    html`<p>I have read what goes out with ${release.version} and answer for it.</p>
      ${table('Sign-off', ['Role', 'Name', 'Date', 'Signature'], rows)}`,
  );
};
