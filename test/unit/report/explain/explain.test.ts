/** What an explanation finds, says and draws; the whole of it is held to goldens. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { ClosedFinding } from '../../../../src/core/model/closed-finding.ts';
import type { JudgedFinding } from '../../../../src/core/model/judged-finding.ts';
import type { ReportFinding } from '../../../../src/core/model/report.ts';
import { assembleReport } from '../../../../src/core/report/assemble.ts';
import { drawExplanations } from '../../../../src/core/report/explain/draw.ts';
import { selectFindings } from '../../../../src/core/report/explain/select.ts';
import { describeUpgrade } from '../../../../src/core/report/explain/upgrade.ts';
import { explainReport } from '../../../../src/pipeline/explain-report.ts';
import { findingIn, policy, releaseInput, richInput } from '../sample.ts';
import { HOSTILE_TEXTS, releaseView, richView, withForeignTexts } from '../views.ts';

const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;

/** One overdue finding with everything there is to say about it, in a zone of its own. */
const told: JudgedFinding = {
  ...findingIn('overdue', 7),
  severity: {
    level: 'high',
    score: 7.5,
    source: 'ghsa-label GHSA-test-0000-0007',
    disputed: true,
    all: [
      { from: 'ghsa-label', by: 'GHSA-test-0000-0007', level: 'high' },
      { from: 'cvss-v3', by: 'CVE-2025-1007', level: 'medium', score: 5.3, vector: 'CVSS:3.1/AV:N/AC:L' },
    ],
  },
  timeline: {
    introduced: { at: '2025-10-01T10:00:00.000Z', source: 'commit 0123456789ab' },
    published: { at: '2025-11-20T08:00:00.000Z', source: 'GHSA-test-0000-0007' },
    fixReleased: { at: '2025-11-20T23:30:00.000Z', source: 'the registry' },
    firstSeen: { at: '2025-11-21T03:00:00.000Z', source: 'the ledger' },
  },
  deadline: {
    window: { kind: 'within', amount: 7, unit: 'days' },
    state: 'overdue',
    dueAt: '2025-11-28T22:59:59.999Z',
    overdueByDays: 4,
    startedAt: '2025-11-20T23:30:00.000Z',
    startedBy: 'fix released',
    reason:
      'High is to be fixed within 7 days; the clock started on 2025-11-21 (fix released); the last day is 2025-11-28.',
  },
  carriedBy: ['v1.2.0', 'v1.2.1'],
  back: {
    ledgerId: 'f-3',
    firstSeenAt: '2025-01-01T00:00:00.000Z',
    closedAt: '2025-02-01T00:00:00.000Z',
    closedBy: 'upgraded',
  },
  ledgerId: 'f-9',
  severityHistory: [{ at: '2025-11-21T03:00:00.000Z', level: 'medium' }],
  epss: { score: 0.42, percentile: 0.97 },
};

const toldView = assembleReport({
  ...richInput,
  policy: { ...policy, timeZone: 'Europe/Berlin' },
  findings: [told],
  judgement: { ...richInput.judgement, brokenKeys: [told.key] },
});

function draw(view: typeof richView, query: string, width = 100): string {
  return drawExplanations(explainReport(view, query), view, { color: false, width });
}

describe('what is found', () => {
  const pypi = { ...findingIn('due', 8), ecosystem: 'PyPI' as const, package: 'ruamel-yaml', key: 'p' };
  const scoped = { ...findingIn('due', 9), package: '@acme/Core', key: 's' };
  const view = assembleReport({ ...richInput, findings: [told, pypi, scoped, { ...told, target: 'api', key: 't' }] });
  const found = (query: string) =>
    selectFindings(view, query).findings.map(({ target, package: name }) => [target, name]);

  it.each<[string, readonly (readonly string[])[]]>([
    [
      'GHSA-test-0000-0007',
      [
        ['api', 'package-7'],
        ['web', 'package-7'],
      ],
    ],
    [
      'ghsa-TEST-0000-0007',
      [
        ['api', 'package-7'],
        ['web', 'package-7'],
      ],
    ],
    ['cve-2025-1008', [['web', 'ruamel-yaml']]],
    [
      'F-9',
      [
        ['api', 'package-7'],
        ['web', 'package-7'],
      ],
    ],
    [
      'package-7',
      [
        ['api', 'package-7'],
        ['web', 'package-7'],
      ],
    ],
    [
      ' package-7 ',
      [
        ['api', 'package-7'],
        ['web', 'package-7'],
      ],
    ],
    ['Package-7', []],
    [
      'package-7@1.0.0',
      [
        ['api', 'package-7'],
        ['web', 'package-7'],
      ],
    ],
    ['package-7@2.0.0', []],
    ['Ruamel.YAML', [['web', 'ruamel-yaml']]],
    ['@acme/Core', [['web', '@acme/Core']]],
    ['@acme/Core@1.0.0', [['web', '@acme/Core']]],
    ['@acme/core', []],
    ['', []],
    ['constructor', []],
  ])('%j', (query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  it.each([
    ['Package-7', 'package-7'],
    ['GHSA-test-0000-0017', 'GHSA-test-0000-0007'],
    ['core', '@acme/Core'],
    ['ruamelyaml', 'ruamel-yaml'],
  ])('near %s comes %s', (query, expected) => {
    expect(selectFindings(view, query).near[0]).toBe(expected);
  });

  it('calls nothing near that is far, and nothing at all beside a match', () => {
    expect(selectFindings(view, 'zzzzzzzzzz').near).toEqual([]);
    expect(selectFindings(view, 'package-7').near).toEqual([]);
    expect(selectFindings({ findings: [] }, 'x').near).toEqual([]);
  });

  it('takes any text, however long, quickly enough to be tried often', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('x'.repeat(100_000))), (query) => {
        const { findings, near } = selectFindings(view, query);
        expect(findings.length > 0 && near.length > 0).toBe(false);
      }),
    );
  });
});

describe('what has ended', () => {
  const ended: ClosedFinding = {
    ...{ ledgerId: 'f-4', target: 'web', ecosystem: 'npm', package: 'package-7', versions: ['0.9.0', '0.9.1'] },
    advisory: { id: 'GHSA-gone-0000-0001', aliases: ['CVE-2024-1'], summary: 'A flaw of old.' },
    severity: { first: 'medium', last: 'high' },
    location: { file: 'web/package-lock.json', line: 12 },
    seenBy: ['npm-audit', 'osv'],
    firstSeen: '2025-01-01T00:00:00.000Z',
    closedAt: '2025-02-01T23:30:00.000Z',
    by: 'upgraded',
  };
  const later: ClosedFinding = {
    ...ended,
    ...{ ledgerId: 'f-5', by: 'merged', into: 'f-9', closedAt: '2025-03-01T00:00:00.000Z', previous: 'f-4' },
    cameBackAt: '2025-03-02T00:00:00.000Z',
  };
  const view = { ...toldView, closed: [ended, later] };

  it.each([
    ['cve-2024-1', 0, ['f-5', 'f-4']],
    ['F-4', 0, ['f-4']],
    ['package-7@0.9.1', 0, ['f-5', 'f-4']],
    ['package-7', toldView.findings.length, ['f-5', 'f-4']],
    ['package-8', 0, []],
  ])('%s is found beside what is there, the last one first', (query, there, ids) => {
    const { explained, ended: found } = explainReport(view, query);
    expect([explained.length, found.map(({ ledgerId }) => ledgerId)]).toEqual([there, ids]);
  });

  it('is near where nothing matches, and unknown to a report that does not carry it', () => {
    expect(explainReport(view, 'CVE-2024-2').near).toContain('CVE-2024-1');
    expect(explainReport(toldView, 'CVE-2024-1')).toMatchObject({ ended: [], explained: [] });
  });

  it('is told from first to last', () => {
    const text = draw(view, 'CVE-2024-1', 100);
    expect(text).toContain('package-7@0.9.0 +1 in web: GHSA-gone-0000-0001\n  high, ended on 2025-02-02: upgraded\n');
    for (const words of [
      'A flaw of old.',
      'Was stated in web/package-lock.json:12.',
      'Was medium at first, and high in the end.',
      'Seen by npm-audit, osv.',
      'First seen on 2025-01-01.',
      'It goes on as f-9.',
      'It had been there before, as f-4.',
      'The ledger calls it f-5.',
      'ended on 2025-03-01: found to be the same as another, and back on 2025-03-02',
      '0 findings, and 2 that ended, judged as of',
    ])
      expect(text).toContain(words);
  });

  it.each(HOSTILE_TEXTS)('shows nothing of %j that moves a cursor or hides', (hostile) => {
    const foreign = { ...ended, advisory: { id: 'X', aliases: [hostile], summary: hostile }, target: hostile };
    expect(draw({ ...toldView, closed: [{ ...foreign, seenBy: [hostile] }] }, 'X', 80)).not.toMatch(UNSAFE);
  });
});

describe('how it is upgraded', () => {
  const row = (over: Partial<ReportFinding>): ReportFinding => ({ ...toldView.findings[0]!, ...over });
  const python = { ecosystem: 'PyPI', package: 'jinja2', target: 'api' } as const;

  it.each<[string, Partial<ReportFinding>, string | undefined]>([
    ['a direct dependency', { direct: true }, 'npm --prefix web install package-7@1.0.1'],
    ['one of the root folder', { direct: true, target: '.' }, 'npm install package-7@1.0.1'],
    ['a scoped one', { direct: true, package: '@acme/core' }, 'npm --prefix web install @acme/core@1.0.1'],
    ['an indirect one', {}, 'npm --prefix web update package-7'],
    [
      'one of uv.lock',
      { ...python, location: { file: 'api/uv.lock' } },
      'uv lock --project api --upgrade-package jinja2==1.0.1',
    ],
    ['one of requirements', { ...python, location: { file: 'api/requirements.txt', line: 3 } }, undefined],
    ['one without a fix', { fix: { available: false } }, undefined],
    ['one without a version', { fix: { available: true } }, undefined],
    ['one only an older version mends', { fix: { available: true, version: '0.9.0', kind: 'downgrade' } }, undefined],
    ['malicious code', { advisory: { ...toldView.findings[0]!.advisory, malware: true } }, undefined],
    ['a name a shell would run', { direct: true, package: 'a$(touch x)' }, undefined],
    ['a name that is an option', { direct: true, package: '--global' }, undefined],
    ['a version a shell would run', { fix: { available: true, version: '1.0.0;id' } }, undefined],
    ['a folder a shell would run', { direct: true, target: 'web; id' }, undefined],
    ['a folder that is an option', { direct: true, target: '-rf' }, undefined],
  ])('%s', (_what, over, command) => {
    expect(describeUpgrade(row(over)).command).toBe(command);
  });

  it('names the line to change where there is no command', () => {
    const { words } = describeUpgrade(row({ ...python, location: { file: 'api/requirements.txt', line: 3 } }));
    expect(words).toContain('Ask for jinja2>=1.0.1 where it is stated, api/requirements.txt:3');
  });
});

describe('the explanation', () => {
  it('matches the golden', async () => {
    await expect(draw(toldView, 'GHSA-test-0000-0007')).toMatchFileSnapshot('../../../fixtures/report/explain.txt');
  });

  it('matches the golden for every state', async () => {
    const text = richView.findings.map(({ advisory }) => draw(richView, advisory.id, 80)).join('\n');
    await expect(text).toMatchFileSnapshot('../../../fixtures/report/explain-states.txt');
  });

  it('names the tag that was a breach, with its day', () => {
    expect(draw(releaseView, 'package-0')).toContain('v1.2.0, tagged on 2025-10-01, carried it.');
  });

  it('marks the one date that started the clock', () => {
    const { dates } = explainReport(toldView, 'package-7').explained[0]!;
    expect(dates.filter(({ startsClock }) => startsClock).map(({ name }) => name)).toEqual(['fixReleased']);
  });

  it('says which window applies where it is not that of the severity', () => {
    const deadline = { ...told.deadline, window: { kind: 'within', amount: 3, unit: 'days' } as const };
    const view = assembleReport({ ...richInput, findings: [{ ...told, deadline }] });
    expect(draw(view, 'package-7')).toContain('Applied here: within 3 days, which is tighter.');
  });

  it.each([
    ['stops the clock', undefined, 'the policy stops the clock until there is one.'],
    ['counts the longest wait', { kind: 'within', amount: 2, unit: 'weeks' } as const, 'plus 2 weeks is 2025-12-04.'],
  ])('without a fix it %s', (_what, longestWait, expected) => {
    const noFix = { rule: 'pause' as const, ...(longestWait === undefined ? {} : { longestWait }) };
    const deadline = { ...told.deadline, state: 'awaiting-fix' as const, dueAt: '2025-12-04T23:59:59.999Z' };
    const finding = { ...told, fix: { available: false }, deadline };
    const view = assembleReport({ ...releaseInput, policy: { ...policy, noFix }, findings: [finding] });
    expect(draw(view, 'package-7')).toContain(expected);
  });

  it.each([40, 60, 80, 200])('fits %i columns but for what must not be torn', (width) => {
    const lines = draw(toldView, 'package-7', width).split('\n');
    const torn = lines.filter((line) => stringWidth(line) > width && line.trim().includes(' ') && !line.includes('$ '));
    expect(torn).toEqual([]);
  });

  it('is the same twice, and colour adds nothing but colour', () => {
    const colored = drawExplanations(explainReport(toldView, 'package-7'), toldView, { color: true, width: 100 });
    expect(draw(toldView, 'package-7')).toBe(draw(structuredClone(toldView), 'package-7'));
    expect(colored).not.toBe(draw(toldView, 'package-7'));
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(draw(toldView, 'package-7'));
  });

  it.each(HOSTILE_TEXTS)('lets nothing through unescaped: %j', (text) => {
    const hostile = withForeignTexts(toldView, () => text);
    const drawn = draw(hostile, hostile.findings[0]!.key);
    expect(drawn).not.toMatch(UNSAFE);
    expect(drawn).not.toMatch(/^\s*::|##\[|##vso\[/m);
  });
});
