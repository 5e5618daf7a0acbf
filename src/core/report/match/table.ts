/** A match for a terminal: the answer in a sentence, the mirror it rests on, what was found, what could not be looked at. */
import type { MatchAsked, MatchFinding, MatchRenderer, MatchReport } from '../../model/match-report.ts';
import { guardLines } from '../escape.ts';
import { wrap, wrapItems } from '../terminal/lines.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';

const NARROWEST = 40;
const HOUR_MS = 3_600_000;

interface Screen {
  readonly width: number;
  readonly paint: Palette;
}

/** Fits `width`, and uses colours only when they are welcome. */
export const tableMatch: MatchRenderer = {
  render(report, { color, width }) {
    const screen: Screen = { width: Math.max(NARROWEST, Math.floor(width)), paint: createPalette(color) };
    const blocks = [
      [...wrap(report.sentence, screen.width).map(screen.paint.heading), ...drawMirror(report, screen)],
      ...report.asked.map((asked) => drawAsked(asked, report, screen)),
      drawProblems(report, screen),
    ].filter(({ length }) => length > 0);
    return guardLines(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  },
};

function drawMirror({ mirror, asOf }: MatchReport, { width, paint }: Screen): readonly string[] {
  // What mends it stands with every lock and package that could not be looked at.
  if (mirror.status === 'unavailable') return wrap(mirror.detail, width, 'mirror  ');
  const sources = mirror.sources.map(
    ({ source, entries, isOld, asOf: moment }) =>
      `${source} ${entries}, ${isOld ? 'old: ' : ''}${ageWords(Date.parse(asOf) - Date.parse(moment))}`,
  );
  const items = [`generation ${mirror.generation} of ${mirror.path}`, ...sources];
  return wrapItems(items, width, 'mirror  ').map(paint.aside);
}

function ageWords(ms: number): string {
  const hours = Math.max(0, Math.floor(ms / HOUR_MS));
  return hours < 72 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

function drawAsked(asked: MatchAsked, { findings, asked: all }: MatchReport, screen: Screen): readonly string[] {
  const { width, paint } = screen;
  const rows = findings.filter((finding) => finding.asked === asked.name);
  const head = wrapItems([asked.name, `${asked.matched} of ${asked.packages} packages asked about`], width);
  const lines = [...drawOutcome(asked, screen), ...rows.flatMap((row) => drawFinding(row, screen))];
  // One lock without a finding has its sentence already.
  return lines.length === 0 && all.length === 1 ? [] : [...head.map(paint.heading), ...lines];
}

function drawOutcome({ outcome, message, mend }: MatchAsked, { width, paint }: Screen): readonly string[] {
  if (outcome === 'audited') return [];
  const mark = outcome === 'unavailable' ? '?' : '·';
  const [first = '', ...rest] = wrap(message ?? '', width, `  ${mark} `);
  return [
    first.replace(mark, paint.verdict.inconclusive(mark)),
    ...rest,
    ...(mend === undefined ? [] : wrap(mend, width, '    → ')),
  ];
}

function drawFinding(row: MatchFinding, { width, paint }: Screen): readonly string[] {
  const { severity, advisory, fix, scope, direct } = row;
  const versions = row.versions.map((version) => `${row.package}@${version}`);
  const [first = '', ...more] = versions;
  const items = [
    `${severity.level}${advisory.malware ? ' malware' : ''}`,
    more.length === 0 ? first : `${first} and ${more.map((each) => each.slice(row.package.length + 1)).join(', ')}`,
    advisory.id,
    fix === undefined ? 'no fix known' : `fix ${fix}`,
    ...(scope === 'dev' ? ['dev'] : []),
    ...(direct ? ['direct'] : []),
  ];
  const [head = '', ...rest] = wrapItems(items, width, '  ✖ ');
  return [
    head.replace(severity.level, paint.severity[severity.level]),
    ...rest,
    ...wrap(advisory.summary, width, '    ').map(paint.aside),
  ];
}

function drawProblems({ problems, asked }: MatchReport, { width, paint }: Screen): readonly string[] {
  if (problems.length === 0) return [];
  return [
    paint.heading(`Problems (${problems.length})`),
    ...problems.flatMap(({ asked: name, code, message, mend, blocks }) => [
      ...wrap(`${asked.length > 1 ? `${name}: ` : ''}${code}: ${message}`, width, blocks ? '  ? ' : '  ! '),
      ...wrap(mend, width, '    → '),
    ]),
  ];
}
