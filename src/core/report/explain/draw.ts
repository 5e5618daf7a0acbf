/** Draws an explanation as plain text: one block a finding, wrapped to the width, foreign text escaped. */
import type { RenderOptions, ReportView } from '../../model/report.ts';
import { guardLines, terminalText } from '../escape.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';
import { wrap } from '../terminal/lines.ts';
import {
  acceptanceWords,
  calendarOf,
  count,
  dueWords,
  minuteOf,
  packageWords,
  placeWords,
  type Calendar,
} from '../words.ts';
import type { ExplainedFinding } from './explanation.ts';

/** How wide, and whether in colour. */
type Look = Pick<RenderOptions, 'color' | 'width'>;

const NARROWEST = 40;

/** Ends with a line end. */
export function drawExplanations(explained: readonly ExplainedFinding[], view: ReportView, look: Look): string {
  const width = Math.max(NARROWEST, Number.isFinite(look.width) ? Math.floor(look.width) : 80);
  const paint = createPalette(look.color);
  const calendar = calendarOf(view);
  const blocks = explained.map((each) => drawFinding(each, { width, paint, calendar }).join('\n'));
  const judged = `${count(explained.length, 'finding')}, judged as of ${minuteOf(view.asOf)}; days end in ${view.policy.timeZone}.`;
  return guardLines(`${[...blocks, wrap(judged, width).join('\n')].join('\n\n')}\n`);
}

interface Page {
  readonly width: number;
  readonly paint: Palette;
  readonly calendar: Calendar;
}

/** A heading and its lines; nothing where there are no lines. */
type Part = readonly [heading: string, lines: readonly string[]];

function drawFinding(explained: ExplainedFinding, page: Page): readonly string[] {
  const { finding } = explained;
  const { advisory, severity, target } = finding;
  const title = `${packageWords(finding)} in ${target}: ${advisory.id}${advisory.malware ? ' (malware)' : ''}`;
  const stands = `${severity.level}, ${dueWords(finding, page.calendar)}`;
  const parts: readonly Part[] = [
    ['What', whatLines(explained)],
    ['Dates', dateLines(explained, page)],
    ['Clock', [explained.clock]],
    ['Rule', ruleLines(explained)],
    ['Count', explained.arithmetic],
    ['Result', [finding.deadline.reason]],
    ['Severity', severityLines(explained)],
    ['Exception', exceptionLines(explained)],
    [
      'Fix',
      [explained.upgrade.words, ...(explained.upgrade.command === undefined ? [] : [`$ ${explained.upgrade.command}`])],
    ],
    ['Releases', releaseLines(explained, page)],
    ['Seen by', [seenWords(explained)]],
    ['What changes it', explained.changes],
  ];
  return [
    ...wrap(title, page.width).map(page.paint.heading),
    ...wrap(stands, page.width, '  ').map(page.paint.state(finding.deadline.state)),
    ...parts.flatMap((part) => drawPart(part, page)),
  ];
}

function drawPart([heading, lines]: Part, { width, paint }: Page): readonly string[] {
  const shown = lines.filter((line) => line !== '');
  return shown.length === 0 ? [] : [`  ${paint.heading(heading)}`, ...shown.flatMap((line) => layOut(line, width))];
}

/** A command stays on one line, so that it can be copied; only plain words are in one. */
function layOut(line: string, width: number): readonly string[] {
  return line.startsWith('$ ') ? [`    ${terminalText(line)}`] : wrap(line, width, '    ');
}

function whatLines({ finding }: ExplainedFinding): readonly string[] {
  const { advisory, location, scope, direct, paths, pathsOmitted } = finding;
  const chains = paths.map((path) => path.join(' > '));
  return [
    advisory.summary,
    advisory.aliases.length === 0 ? '' : `Also known as ${advisory.aliases.join(', ')}.`,
    advisory.url,
    `Stated in ${placeWords(location)} (${scope === 'unknown' ? 'scope not known' : scope}${direct ? ', asked for directly' : ''}).`,
    ...chains.map((chain) => `Comes in by ${chain}`),
    pathsOmitted > 0 ? `… and ${count(pathsOmitted, 'more way', 'more ways')}.` : '',
    finding.fromCompleteAudit ? '' : 'The audit it comes from was only partial.',
  ];
}

const DATE_NAMES: Readonly<Record<ExplainedFinding['dates'][number]['name'], string>> = {
  introduced: 'introduced',
  published: 'published',
  fixReleased: 'fix released',
  firstSeen: 'first seen',
  knownExploited: 'known exploited',
};

function dateLines(
  { dates, finding: { back, severityHistory = [] } }: ExplainedFinding,
  { calendar }: Page,
): readonly string[] {
  const known = dates.map(({ name, at, source, startsClock }) => {
    const when = at === undefined ? 'not known' : `${calendar(at)} (${at})`;
    const who = source === undefined ? '' : `, ${source}`;
    return `${DATE_NAMES[name]}: ${when}${who}${startsClock ? '; this started the clock' : ''}`;
  });
  const returned =
    back === undefined
      ? []
      : [
          `Back again: it was first seen on ${calendar(back.firstSeenAt)} and ended on ${calendar(back.closedAt)} (${back.closedBy}).`,
        ];
  const levels = severityHistory.map(({ at, level }) => `rated ${level} since ${calendar(at)}, the ledger`);
  return [...known, ...returned, ...levels];
}

function ruleLines({ rule, finding: { severity } }: ExplainedFinding): readonly string[] {
  if (rule === undefined) return ['The policy has no window for this severity.'];
  const { judgedAs, window, text, note, applied } = rule;
  return [
    severity.level === 'unknown' ? `Nobody states a severity, so it is judged as ${judgedAs}.` : '',
    `${placeWords(rule)}: "${text}"`,
    `Understood as: ${judgedAs} is to be fixed ${window}${note === undefined ? '' : ` (${note})`}.`,
    applied === undefined ? '' : `Applied here: ${applied}, which is tighter.`,
  ];
}

function severityLines({ finding: { severity, epss } }: ExplainedFinding): readonly string[] {
  const said = severity.all.map(({ from, by, level, score, vector }) => {
    const wins = `${from} ${by}` === severity.source ? '; this one counts' : '';
    return `${level}${score === undefined ? '' : ` (${score})`}: ${from} ${by}${vector === undefined ? '' : `, ${vector}`}${wins}`;
  });
  return [
    ...(said.length === 0 ? ['Nobody states one.'] : said),
    severity.disputed ? 'The sources disagree.' : '',
    epss === undefined
      ? ''
      : `EPSS ${epss.score}, likelier than ${Math.round(epss.percentile * 100)}% of flaws (informational).`,
  ];
}

function exceptionLines({ finding: { exception } }: ExplainedFinding): readonly string[] {
  if (exception === undefined) return ['None is in force.'];
  return [`Until the end of ${exception.expires}: ${acceptanceWords(exception)}.`];
}

function releaseLines({ carriedBy }: ExplainedFinding, { calendar }: Page): readonly string[] {
  if (carriedBy.length === 0) return ['No tag cut since it was published is known to carry it.'];
  return carriedBy.map(({ tag, at }) =>
    at === undefined ? `${tag} carried it.` : `${tag}, tagged on ${calendar(at)}, carried it.`,
  );
}

function seenWords({ finding: { seenBy, ledgerId } }: ExplainedFinding): string {
  return `${seenBy.join(', ')}${ledgerId === undefined ? '' : `; the ledger knows it as ${ledgerId}`}`;
}
