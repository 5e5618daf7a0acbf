/** From findings to their dates through real registries and feeds on loopback: what is learned, and what is said when it is not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createExploited } from '../../src/adapters/exploited/create-exploited.ts';
import { createRegistry } from '../../src/adapters/registry/create-registry.ts';
import { enrichFindings } from '../../src/core/enrich/enrich.ts';
import type { AuditSettings } from '../../src/core/model/auditor.ts';
import type { MergedFinding } from '../../src/core/model/merged-finding.ts';
import type { Window } from '../../src/core/model/policy.ts';
import { researchFindings } from '../../src/pipeline/research-findings.ts';
import type { ResearchPorts } from '../../src/pipeline/research-findings.ts';
import type { RunEvent } from '../../src/pipeline/events.ts';
import { makeMerged } from '../support/audit-values.ts';
import { startServer, json, text, type Route } from '../support/http-server.ts';
import { osvRecord, ranged } from '../support/osv.ts';

const NOW = '2026-06-01T12:00:00.000Z';
const GHSA = 'GHSA-2222-3333-4444';

const NPM = {
  versions: { '1.0.0': {}, '1.0.1': {}, '1.0.2': {} },
  time: { '1.0.0': '2024-01-01T00:00:00Z', '1.0.1': '2024-02-01T00:00:00Z', '1.0.2': '2024-03-01T00:00:00Z' },
};
const PYPI = {
  files: [
    { filename: 'left-1.0.0.tar.gz', 'upload-time': '2024-01-01T00:00:00Z' },
    { filename: 'left-1.0.1.tar.gz', 'upload-time': '2024-04-01T00:00:00Z' },
  ],
};
const KEV = {
  dateReleased: '2026-05-30T00:00:00Z',
  vulnerabilities: [{ cveID: 'CVE-2024-1111', dateAdded: '2024-05-05' }],
};
const EPSS = '#score_date:2026-05-31T00:00:00+0000\ncve,epss,percentile\nCVE-2024-1111,0.5,0.9\n';

/** A flaw of `left` that 1.0.1 fixes. */
function flaw(ecosystem: 'npm' | 'PyPI' = 'npm', over: Partial<MergedFinding> = {}): MergedFinding {
  const record = osvRecord(
    GHSA,
    [
      ranged(ecosystem, 'left', [
        ['introduced', '0'],
        ['fixed', '1.0.1'],
      ]),
    ],
    {
      published: '2024-01-15T00:00:00Z',
      aliases: ['CVE-2024-1111'],
    },
  );
  return makeMerged([record], {}, { ecosystem, ...over });
}

interface Setting {
  readonly merged?: readonly MergedFinding[];
  readonly npm?: Route;
  readonly pypi?: Route;
  readonly kev?: Route;
  readonly knownExploited?: Window;
}

async function research({
  merged = [flaw()],
  npm = json(200, NPM),
  pypi = json(200, PYPI),
  kev,
  knownExploited,
}: Setting) {
  const [npmServer, pypiServer, kevServer, epssServer] = await Promise.all(
    [npm, pypi, kev ?? json(200, KEV), text(200, EPSS)].map((route) => startServer(route)),
  );
  const cacheDir = mkdtempSync(join(tmpdir(), 'fixby-cache-'));
  onTestFinished(() => rmSync(cacheDir, { recursive: true, force: true }));
  const shared = { cacheDir, variables: {}, now: () => NOW, limits: { retries: 0, timeoutMs: 2000 } };
  const refuse = () => Promise.reject(new Error('no tool is needed where the settings name the registries'));
  const ports: ResearchPorts = {
    files: { list: refuse, read: refuse },
    exec: { run: refuse },
    toolchain: { find: refuse },
    packages: { source: 'nobody', age: () => ({ isMirror: false }), forPackages: refuse },
    clock: { now: () => NOW, elapsed: () => 0 },
    admit: (audit) => audit(),
    signal: new AbortController().signal,
    registry: createRegistry({ ...shared, credentials: () => ({}) }),
    exploited: createExploited({
      ...shared,
      kev: kevServer!.url,
      epss: epssServer!.url,
      maxAgeMs: 1,
      repositoryRoot: '/nowhere/at/all',
    }),
  };
  const settings: AuditSettings = {
    npmRegistry: npmServer!.url,
    pythonIndex: pypiServer!.url,
    knownRegistries: [],
    acceptedUnaudited: [],
    timeoutMs: 1000,
    maxOutputBytes: 1000,
    attempts: 1,
  };
  const events: RunEvent[] = [];
  const described = { merged, findings: enrichFindings(merged, NOW).findings };
  const policy = knownExploited === undefined ? {} : { knownExploited };
  const result = await researchFindings(described, { settings, policy }, ports, (event) => events.push(event));
  return { ...result, events, asked: { npm: npmServer!.asked, pypi: pypiServer!.asked, kev: kevServer!.asked } };
}

describe('what is learned', () => {
  it('dates the fix, the exploitation and the score beside the publication', async () => {
    const { findings, problems } = await research({ merged: [flaw(), flaw('PyPI')] });
    expect(problems).toEqual([]);
    expect(findings).toMatchObject([
      {
        fix: { available: true, version: '1.0.1', kind: 'patch' },
        epss: { score: 0.5, percentile: 0.9, date: '2026-05-31' },
        timeline: {
          published: { at: '2024-01-15T00:00:00.000Z' },
          fixReleased: { at: '2024-02-01T00:00:00.000Z' },
          knownExploited: { at: '2024-05-05T00:00:00.000Z' },
        },
      },
      { timeline: { fixReleased: { at: '2024-04-01T00:00:00.000Z' } } },
    ]);
  });

  it('asks for each package once, and tells of it', async () => {
    const { asked, events } = await research({ merged: [flaw(), flaw('npm', { target: 'api' })] });
    expect(asked).toMatchObject({ npm: ['/left'], pypi: [], kev: ['/'] });
    expect(events).toEqual([{ kind: 'message', text: 'asking when 2 fixes were released' }]);
  });

  it('asks nobody about what was withdrawn or has no fix', async () => {
    const record = osvRecord(GHSA, flaw().records[0]!.affected!, { withdrawn: '2025-01-01T00:00:00Z' });
    const gone = makeMerged([record]);
    const open = makeMerged([osvRecord('GHSA-2222-3333-5555', [])], {}, { fix: { available: false } });
    const { asked, findings, events } = await research({ merged: [gone, open] });
    expect(asked).toEqual({ npm: [], pypi: [], kev: [] });
    expect(findings.map(({ timeline }) => timeline.fixReleased)).toEqual([undefined, undefined]);
    expect(events).toEqual([]);
  });

  it('names a version that can be installed where the fix cannot', async () => {
    const without = { ...NPM, versions: { '1.0.0': {}, '1.0.2': {} } };
    const { findings } = await research({ npm: json(200, without) });
    expect(findings[0]).toMatchObject({
      fix: { available: true, version: '1.0.2', kind: 'patch' },
      timeline: { fixReleased: { at: '2024-03-01T00:00:00.000Z' } },
    });
  });

  it('waits again where every fix was taken back', async () => {
    const { findings, problems } = await research({ npm: json(200, { ...NPM, versions: { '1.0.0': {} } }) });
    expect(findings[0]?.fix).toEqual({ available: false });
    expect(findings[0]?.timeline.fixReleased).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'fix-withdrawn', target: 'web', blocks: false }]);
    expect(problems[0]?.message).toContain('left 1.0.1, which fixes');
  });
});

describe('what is not learned', () => {
  const copies = {
    versions: { '1.0.0': {}, '1.0.1': {}, '1.0.2': {}, '1.0.3': {} },
    time: { '1.0.0': '2025-09-01', '1.0.1': '2025-07-01', '1.0.2': '2025-05-01', '1.0.3': '2025-03-01' },
  };
  it.each<[string, Route, RegExp]>([
    ['an outage', json(503, {}), /answered 503/],
    ['a registry that refuses', json(405, {}), /answered 405/],
    ['a registry that does not know it', json(404, {}), /does not know it/],
    [
      'a registry that is behind',
      json(200, { ...NPM, time: { '1.0.0': '2024-01-01' } }),
      /has no version that fixes it/,
    ],
    ['a mirror that dates its copies', json(200, copies), /of 3 versions 3 are dated after a later patch/],
  ])('%s leaves the date away, keeps the fix and says so', async (_what, npm, message) => {
    const { findings, problems } = await research({ npm });
    expect(findings[0]?.timeline.fixReleased).toBeUndefined();
    expect(findings[0]?.fix).toEqual({ available: true, version: '1.0.1', kind: 'patch' });
    expect(problems).toMatchObject([{ code: 'fix-date-unknown', target: null, blocks: false }]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('is said once for many packages', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `left-${index}`);
    const merged = names.map((name) => flaw('npm', { package: name }));
    const { problems } = await research({ merged, npm: json(404, {}) });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('left-0, left-1, left-2, left-3, left-4 and 3 more');
  });

  it('leaves a question open only where the policy asks for it', async () => {
    const within: Window = { kind: 'within', amount: 2, unit: 'days' };
    const needed = await research({ kev: json(503, {}), knownExploited: within });
    expect(needed.problems).toMatchObject([{ code: 'known-exploited-unknown', blocks: true }]);
    const unneeded = await research({ kev: json(503, {}) });
    expect(unneeded.problems).toMatchObject([{ code: 'known-exploited-unknown', blocks: false }]);
  });
});
