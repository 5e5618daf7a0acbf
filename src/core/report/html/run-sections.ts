/** What the report rests on: what the run changed, who looked at what with which tool, and what else was met. */
import type { ReportTarget, RunChanges } from '../../model/report.ts';
import { count, ENDING_WORDS, minuteOf } from '../words.ts';
import { html, type Content, type Markup } from './markup.ts';
import { inLines, section, severityTag, table } from './nodes.ts';
import type { Section } from './page.ts';

/** What is new since the run before and what is gone, with how it went. */
export const changesSection: Section = ({ view: { changes } }) => {
  if (changes?.previousRun === undefined) return undefined;
  const { opened, back, cleared, previousRun } = changes;
  const words = [`${opened.length} new`, `${back.length} back again`, `${cleared.length} cleared`];
  return section(
    'changes',
    'Since the run before',
    html`<p>${words.join(', ')} since ${minuteOf(previousRun)}.</p>
      ${cleared.length > 0 && clearedList(cleared)}`,
  );
};

function clearedList(cleared: RunChanges['cleared']): Markup {
  const rows = cleared.map(({ package: name, target, advisory, severity, by }) => [
    html`<span class="mono">${name}</span>`,
    severityTag(severity),
    html`<span class="mono">${target}</span>`,
    html`<span class="mono">${advisory}</span>`,
    ENDING_WORDS[by],
  ]);
  return html`<details>
    <summary>${count(cleared.length, 'finding')} cleared</summary>
    ${table('Cleared findings', ['Package', 'Severity', 'Target', 'Advisory', 'How'], rows)}
  </details>`;
}

/** Who looked at what, so that every claim can be traced. */
export const targetsSection: Section = ({ view: { targets } }) => {
  const body =
    targets.length === 0
      ? html`<p>No target was found.</p>`
      : html`<div class="targets">${targets.map(targetEntry)}</div>`;
  return section('targets', 'What was looked at', body);
};

function targetEntry(target: ReportTarget): Markup {
  const { path, auditor, outcome, coverage, tool, source } = target;
  return html`<details>
    <summary>
      <span class="mono">${path}</span>
      <span>${auditor} ${tool.version}</span>
      <span class="outcome ${outcome}">${outcome.replaceAll('-', ' ')}</span>
      <span class="number">${coverage.audited} of ${count(coverage.packages, 'package')}</span>
    </summary>
    <dl>
      ${entry('Why', [target.message ?? '', target.mend ?? ''])} ${entry('Advisories', [source])}
      ${entry('Ran', target.runs.map(runWords))}
      ${entry(
        'Files',
        target.files.map(({ path: file, sha256 }) => `${file} (SHA-256 ${sha256})`),
      )}
      ${entry('Skipped', coverage.skipped.map(skippedWords))} ${entry('Notes', target.notes)}
    </dl>
  </details>`;
}

/** A named list; nothing where there is nothing in it. */
function entry(name: string, lines: readonly string[]): Content {
  const shown = lines.filter((line) => line !== '');
  return (
    shown.length > 0 &&
    html`<dt>${name}</dt>
      <dd>${inLines(shown)}</dd>`
  );
}

function runWords({ argv, version, exitCode }: ReportTarget['runs'][number]): string {
  return `${argv.join(' ')} (${version}, exit ${exitCode ?? 'none'})`;
}

function skippedWords({ name, version, reason }: ReportTarget['coverage']['skipped'][number]): string {
  return `${version === undefined ? name : `${name}@${version}`}: ${reason}`;
}

/** What else was met, blocking problems first. */
export const problemsSection: Section = ({ view: { problems } }) => {
  if (problems.length === 0) return undefined;
  const rows = problems.map(({ target, code, message, mend, blocks }) => [
    html`<span class="mono">${code}</span>`,
    target === null ? 'whole run' : html`<span class="mono">${target}</span>`,
    html`${message} ${mend !== '' && html`<span class="mend">${mend}</span>`}`,
    blocks ? 'yes' : 'no',
  ]);
  const head = ['Problem', 'Where', 'What was met, and what mends it', 'Leaves a question open'];
  return section('problems', 'Problems', table('Problems', head, rows));
};
