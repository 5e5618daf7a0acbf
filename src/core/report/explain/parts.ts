/** Owns the words of an explanation: what every format says of a finding, part by part. */
import { acceptanceWords, count, placeWords, type Calendar, likelihoodWords } from '../words.ts';
import type { ExplainedFinding } from './explanation.ts';

/** Foreign text is unescaped. A line that begins with `$ ` is a command of plain words. */
export interface ExplanationPart {
  readonly heading: string;
  /** A sentence each; never empty. */
  readonly lines: readonly string[];
}

/** Everything a deadline rests on, in the order in which it is read. */
export function explanationParts(explained: ExplainedFinding, calendar: Calendar): readonly ExplanationPart[] {
  const parts: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    ['What', whatLines(explained)],
    ['Dates', dateLines(explained, calendar)],
    ['Clock', [explained.clock]],
    ['Rule', ruleLines(explained)],
    ['Count', explained.arithmetic],
    ['Result', [explained.finding.deadline.reason]],
    ['Severity', severityLines(explained)],
    ['Exception', exceptionLines(explained)],
    ['Fix', fixLines(explained)],
    ['Releases', releaseLines(explained, calendar)],
    ['Seen by', [seenWords(explained)]],
    ['What changes it', explained.changes],
  ];
  return parts
    .map(([heading, lines]) => ({ heading, lines: lines.filter((line) => line !== '') }))
    .filter(({ lines }) => lines.length > 0);
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
  { dates, finding: { back, ledgerId, severityHistory = [] } }: ExplainedFinding,
  calendar: Calendar,
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
  const witness = ledgerId === undefined ? 'this run' : 'the ledger';
  const levels = severityHistory.map(({ at, level }) => `rated ${level} since ${calendar(at)}, ${witness}`);
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

function severityLines({ finding }: ExplainedFinding): readonly string[] {
  const { severity } = finding;
  const said = severity.all.map(({ from, by, level, score, vector }) => {
    const wins = `${from} ${by}` === severity.source ? '; this one counts' : '';
    return `${level}${score === undefined ? '' : ` (${score})`}: ${from} ${by}${vector === undefined ? '' : `, ${vector}`}${wins}`;
  });
  return [
    ...(said.length === 0 ? ['Nobody states one.'] : said),
    severity.disputed ? 'The sources disagree.' : '',
    likelihoodWords(finding),
  ];
}

function exceptionLines({ finding: { exception } }: ExplainedFinding): readonly string[] {
  if (exception === undefined) return ['None is in force.'];
  return [`Until the end of ${exception.expires}: ${acceptanceWords(exception)}.`];
}

function fixLines({ upgrade: { words, command } }: ExplainedFinding): readonly string[] {
  return [words, ...(command === undefined ? [] : [`$ ${command}`])];
}

function releaseLines({ carriedBy }: ExplainedFinding, calendar: Calendar): readonly string[] {
  if (carriedBy.length === 0) return ['No tag cut since it was published is known to carry it.'];
  return carriedBy.map(({ tag, at }) =>
    at === undefined ? `${tag} carried it.` : `${tag}, tagged on ${calendar(at)}, carried it.`,
  );
}

function seenWords({ finding: { seenBy, ledgerId } }: ExplainedFinding): string {
  return `${seenBy.join(', ')}${ledgerId === undefined ? '' : `; the ledger knows it as ${ledgerId}`}`;
}
