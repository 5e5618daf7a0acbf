/** The views every format is tried with: nothing, one of each, many, and every foreign text replaced by a hostile one. */
import { DEADLINE_STATES } from '../../../src/core/model/deadline.ts';
import { NOT_COVERED } from '../../../src/core/model/problem.ts';
import { reportSchema, type RenderOptions, type ReportView } from '../../../src/core/model/report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { emptyInput, findingIn, releaseInput, richInput, webAudit } from './sample.ts';

export const richView = assembleReport(richInput);
export const emptyView = assembleReport(emptyInput);
export const releaseView = assembleReport(releaseInput);

/** A release nothing stands in the way of, judged when it was asked. */
export const freeReleaseView = assembleReport({
  ...releaseInput,
  asOf: releaseInput.generatedAt,
  audits: [webAudit],
  setAside: [],
  findings: [findingIn('accepted', 5), findingIn('opportunistic', 4)],
  judgement: {
    verdict: 'pass',
    sentence: '1.2.1 may be tagged: 2 findings go out with it, none in its way, 1 target audited.',
    broken: [],
    open: [],
    brokenKeys: [],
    release: { version: '1.2.1', tag: 'v1.2.1', level: 'patch', previous: 'v1.2.0', blockers: [] },
  },
});

/** 2,000 findings over all states. */
export const manyView = viewOf(2000);

/** A failed run with `count` findings over all states. */
export function viewOf(count: number): ReportView {
  const findings = Array.from({ length: count }, (_, index) => {
    const state = DEADLINE_STATES[index % DEADLINE_STATES.length] ?? 'due';
    return findingIn(state, index);
  });
  return assembleReport({ ...richInput, findings });
}

export const cleanView = assembleReport({
  ...richInput,
  audits: richInput.audits.slice(0, 1),
  setAside: [],
  findings: [],
  judgement: { verdict: 'pass', broken: [], open: [], sentence: 'Nothing is overdue and everything was checked.' },
});

const GO_MESSAGE = 'Nobody looked at Go in api: no auditor reads go.sum.';
const goProblem = { target: null, code: NOT_COVERED, message: GO_MESSAGE, mend: 'Use govulncheck.', blocks: false };

/** A clean run over a repository that holds more than npm and Python. */
export const uncoveredView: ReportView = { ...cleanView, problems: [goProblem] };

/** A repository in which there is nothing an auditor covers. */
export const onlyUncoveredView: ReportView = {
  ...emptyView,
  open: [`Nothing was found to audit. ${GO_MESSAGE}`],
  problems: [goProblem],
};

export const plainOptions: RenderOptions = { color: false, width: 100, verbose: false };

// Fields that fixby itself fills: words of its own vocabulary, moments, numbers of its version.
const OURS = new Set(
  'schema verdict command outcome ecosystem level state kind unit scope from severity rule asOf generatedAt'.split(' '),
);
const OURS_INSIDE = new Set(['timeline', 'window']);
// The code of a problem is whoever's; that of a blocker is fixby's.
const BLOCKER_CODES = new Set(
  reportSchema.shape.release.unwrap().shape.blockers.element.shape.code.options as string[],
);

/** `view` with every foreign text, wherever it stands, replaced by what `change` makes of it. */
export function withForeignTexts(view: ReportView, change: (text: string) => string): ReportView {
  const changed = { ...(replaceTexts(view, change) as ReportView), tool: view.tool };
  return reportSchema.parse(changed);
}

function replaceTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isOurs(key, inner) ? inner : replaceTexts(inner, change)]),
  );
}

function isOurs(key: string, value: unknown): boolean {
  if (typeof value !== 'string') return OURS_INSIDE.has(key);
  return OURS.has(key) || (key === 'code' && BLOCKER_CODES.has(value));
}

/** Texts that attack one medium or another. */
export const HOSTILE_TEXTS: readonly string[] = [
  '\u001b[2J\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  '\u009b31mred\u0000\u0008\u0007',
  '\u202edesrever\u202c \u2066isolate\u2069 \u200bzero\ufeff',
  'line one\nline two\r\n::error::forged\u2028more\u2029',
  '::warning file=a::forged',
  'a ##[error]forged ##vso[task.complete]',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)> <!-- hidden --> <details open>',
  '[click](javascript:alert(1)) ![x](https://evil.example/x.png)',
  'https://evil.example www.evil.example mail@evil.example',
  '@octocat please close #12 and GH-34, see owner/repo#56 and 0123456789abcdef',
  '| a | b |\n| - | - |',
  'ends the cell \\| <b>',
  '`` ` ``` code `',
  '\\` \\\\| \\',
  '# heading\n\n- item\n> quote\n\n---\n\n```\nfence',
  '1. one\n2) two\n+ three\n* four\n===',
  '[ref]: https://evil.example "title"\n[^1]: note [ref][] [^1]',
  '&lt;b&gt; &#60;i&#62; &amp;',
  '~~strike~~ **bold** __bold__ *em* _em_ $math$',
  '%0A::error::x %25 100%',
  '__proto__ constructor {"a":1}',
  '',
  ' ',
  'x'.repeat(3000),
  '漢字かな交じり文 👩‍👩‍👧 e\u0301',
  '\ud800 lone',
];
