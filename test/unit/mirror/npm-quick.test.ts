import { describe, expect, it } from 'vitest';
import { createMirror } from '../../../src/mirror/mirror.ts';
import { createStore } from '../../../src/mirror/store.ts';
import { osvRecord, ranged, stored } from '../../support/osv.ts';

const handle = createMirror({
  store: createStore([
    stored(
      osvRecord('GHSA-xvch-5gv4-984h', [ranged('npm', 'minimist', [['introduced', '0'], ['fixed', '0.2.4']]), ranged('npm', 'minimist', [['introduced', '1.0.0'], ['fixed', '1.2.6']])], { aliases: ['CVE-2021-44906'], summary: 'Prototype pollution', database_specific: { severity: 'CRITICAL' } }), // prettier-ignore
    ),
    stored(osvRecord('MAL-1', [ranged('npm', 'evil', [['introduced', '0']])])),
    stored(
      osvRecord('GHSA-9', [ranged('npm', 'minimist', [['introduced', '0']])], { withdrawn: '2025-01-01T00:00:00Z' }),
    ),
  ]),
  rejected: 0,
});

const ask = async (body: string, path = 'audits/quick') => {
  const response = await handle({ method: 'POST', target: `/-/npm/v1/security/${path}`, headers: {}, body });
  return { status: response.status, document: JSON.parse(response.body) as unknown };
};

const tree = {
  name: 'app',
  version: '1.0.0',
  requires: { mkdirp: '^0.5.0' },
  dependencies: {
    minimist: { version: '1.2.8', dev: true },
    evil: { version: '1.0.0', optional: true },
    mkdirp: { version: '0.5.1', requires: { minimist: '0.0.8' }, dependencies: { minimist: { version: '0.0.8' } } },
    other: { version: '1.0.0', dependencies: { minimist: { version: '1.2.0', dev: true } } },
  },
};

describe.each(['audits/quick', 'audits'])('%s', (path) => {
  it('tells each advisory with the ways to what it affects', async () => {
    const { status, document } = await ask(JSON.stringify(tree), path);
    expect(status).toBe(200);
    const { advisories, actions, metadata } = document as {
      advisories: Record<string, unknown>;
      actions: unknown[];
      metadata: unknown;
    };
    expect(Object.values(advisories)).toEqual([
      expect.objectContaining({
        module_name: 'evil',
        severity: 'critical',
        patched_versions: '<0.0.0',
        findings: [{ version: '1.0.0', paths: ['evil'], dev: false, optional: true, bundled: false }],
      }),
      expect.objectContaining({
        module_name: 'minimist',
        title: 'Prototype pollution',
        severity: 'critical',
        github_advisory_id: 'GHSA-xvch-5gv4-984h',
        cves: ['CVE-2021-44906'],
        vulnerable_versions: '<0.2.4 || >=1.0.0 <1.2.6',
        patched_versions: '>=0.2.4 || >=1.2.6',
        findings: [
          { version: '0.0.8', paths: ['mkdirp>minimist'], dev: false, optional: false, bundled: false },
          { version: '1.2.0', paths: ['other>minimist'], dev: true, optional: false, bundled: false },
        ],
      }),
    ]); // prettier-ignore
    expect(actions).toMatchObject([
      { action: 'review', module: 'evil', resolves: [{ path: 'evil' }] },
      { action: 'review', module: 'minimist', resolves: [{ path: 'mkdirp>minimist' }, { path: 'other>minimist' }] },
    ]);
    expect(metadata).toEqual({
      vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 3 },
      dependencies: 4,
      devDependencies: 2,
      optionalDependencies: 1,
      totalDependencies: 6,
    });
  });
});

describe('a body', () => {
  const deep = (depth: number): string => `{"dependencies":{"a":`.repeat(depth) + '{}' + '}}'.repeat(depth);

  it.each([
    ['garbage', '{'],
    ['a list', '[]'],
    ['no tree', '{"name":"app"}'],
    ['a package that is none', '{"dependencies":{"a":"1.0.0"}}'],
    ['the lock of format 3 that npm 9 sends without its packages', '{"name":"app","requires":{"p":"1"},"metadata":{}}'],
    ['a version that is none', '{"dependencies":{"a":{"version":1}}}'],
    ['a tree without a ground', deep(5000)],
  ])('that is %s is refused', async (_title, body) => {
    expect(await ask(body)).toMatchObject({ status: 400, document: { message: expect.any(String) as string } });
  });

  it('with packages called like object properties is answered', async () => {
    const { status, document } = await ask(
      '{"dependencies":{"__proto__":{"version":"1.0.0"},"constructor":{"version":"1"}}}',
    );
    expect([status, document]).toEqual([200, expect.objectContaining({ advisories: {}, actions: [] })]);
  });
});
