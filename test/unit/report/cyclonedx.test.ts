/** The CycloneDX report against the official library's strict validator, and what it says of materials and risks. */
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { describe, expect, it } from 'vitest';
import type { InstalledPackage } from '../../../src/core/model/inventory.ts';
import type { ReportView } from '../../../src/core/model/report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { cyclonedxFormat } from '../../../src/core/report/cyclonedx.ts';
import { findingIn, richInput, webAudit } from './sample.ts';
import {
  HOSTILE_TEXTS,
  cleanView,
  emptyView,
  freeReleaseView,
  manyView,
  plainOptions,
  releaseView,
  richView,
  withForeignTexts,
} from './views.ts';

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly purl?: string;
  readonly scope?: string;
}

interface Bom {
  readonly serialNumber: string;
  readonly metadata: { readonly properties: readonly { readonly name: string; readonly value: string }[] };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly compositions: readonly { readonly aggregate: string; readonly assemblies: readonly string[] }[];
  readonly vulnerabilities: readonly {
    readonly analysis: { readonly state: string; readonly response?: readonly string[]; readonly detail: string };
    readonly affects: readonly { readonly ref: string }[];
    readonly ratings: readonly Record<string, unknown>[];
    readonly rejected?: string;
  }[];
}

async function read(view: ReportView): Promise<Bom> {
  const text = cyclonedxFormat.render(view, plainOptions);
  expect(await validator.validate(text)).toBeNull();
  const bom = JSON.parse(text) as Bom;
  const refs = new Set(['repository', ...bom.components.map((component) => component['bom-ref'])]);
  const named = [
    ...bom.dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]),
    ...bom.compositions.flatMap(({ assemblies }) => assemblies),
    ...bom.vulnerabilities.flatMap(({ affects }) => affects.map(({ ref }) => ref)),
  ];
  expect(named.filter((ref) => !refs.has(ref))).toStrictEqual([]);
  expect(refs.size).toBe(bom.components.length + 1);
  return bom;
}

const lodash: InstalledPackage = {
  id: 'node_modules/lodash',
  name: 'lodash',
  version: '4.17.20',
  scope: 'prod',
  direct: true,
  requires: ['node_modules/@scope/deep', 'node_modules/lodash/node_modules/@scope/deep'],
  source: 'web/package-lock.json',
};
const deep = {
  ...lodash,
  id: 'node_modules/@scope/deep',
  name: '@scope/deep',
  version: '1.0.0',
  direct: false,
  requires: [],
};
const again = { ...deep, id: 'node_modules/lodash/node_modules/@scope/deep' };
const tool: InstalledPackage = { ...deep, id: 'node_modules/tool', name: 'tool', scope: 'dev', direct: true };

/** A lock of three packages, one of which is installed at two places. */
const wholeView = assembleReport({
  ...richInput,
  parts: ['packages'],
  setAside: [],
  audits: [
    {
      ...webAudit,
      inventory: { ...webAudit.inventory, packages: [lodash, deep, again, tool] },
      coverage: { packages: 4, audited: 4, skipped: [] },
    },
  ],
  findings: [findingIn('overdue', 1, { package: '@scope/deep', versions: ['1.0.0'] })],
});

it('is held to a validator that can say no', async () => {
  const text = cyclonedxFormat.render(richView, plainOptions);
  expect(await validator.validate(text.replace('"will_not_fix"', '"never"'))).not.toBeNull();
});

describe('is valid', () => {
  it.each([
    ['nothing found to audit', emptyView],
    ['everything kept', cleanView],
    ['a finding in each state', richView],
    ['a release', releaseView],
    ['a free release', freeReleaseView],
    ['2,000 findings', manyView],
    ['a whole lock', wholeView],
  ])('%s', async (_, view) => {
    expect((await read(view)).vulnerabilities).toHaveLength(view.findings.length);
  });

  it.each(HOSTILE_TEXTS)('with %j for every text', async (text) => {
    const { vulnerabilities } = await read(withForeignTexts(wholeView, () => text));
    expect(vulnerabilities).toHaveLength(1);
  });
});

it('lists each version of a package once a target, and which asks for which', async () => {
  const { components, dependencies, compositions } = await read(wholeView);
  expect(components.map((component) => [component['bom-ref'], component.purl, component.scope])).toStrictEqual([
    ['target:npm:web', undefined, undefined],
    ['target:npm:web|pkg:npm/%40scope/deep@1.0.0', 'pkg:npm/%40scope/deep@1.0.0', 'required'],
    ['target:npm:web|pkg:npm/lodash@4.17.20', 'pkg:npm/lodash@4.17.20', 'required'],
    ['target:npm:web|pkg:npm/tool@1.0.0', 'pkg:npm/tool@1.0.0', 'excluded'],
  ]);
  expect(dependencies).toStrictEqual([
    { ref: 'repository', dependsOn: ['target:npm:web'] },
    {
      ref: 'target:npm:web',
      dependsOn: ['target:npm:web|pkg:npm/lodash@4.17.20', 'target:npm:web|pkg:npm/tool@1.0.0'],
    },
    { ref: 'target:npm:web|pkg:npm/%40scope/deep@1.0.0' },
    {
      ref: 'target:npm:web|pkg:npm/lodash@4.17.20',
      dependsOn: ['target:npm:web|pkg:npm/%40scope/deep@1.0.0'],
    },
    { ref: 'target:npm:web|pkg:npm/tool@1.0.0' },
  ]);
  expect(compositions).toStrictEqual([{ aggregate: 'complete', assemblies: ['target:npm:web'] }]);
});

it('says that the bill is not whole where the view carries no packages', async () => {
  const { compositions, components } = await read(richView);
  expect(compositions.map(({ aggregate }) => aggregate)).toStrictEqual(['unknown']);
  expect(components.map(({ name }) => name)).toContain('package-0');
});

it('carries packages only where they are asked for', () => {
  expect(wholeView.targets[0]?.packages).toHaveLength(4);
  expect(JSON.stringify(richView)).not.toContain('"packages":[');
});

it('analyses an accepted risk as one that stays, never as one that does no harm', async () => {
  const { vulnerabilities } = await read(richView);
  expect(vulnerabilities.map(({ analysis: { state, response } }) => [state, response])).toStrictEqual([
    ['exploitable', ['update']],
    ['exploitable', ['update']],
    ['exploitable', ['update']],
    ['exploitable', ['can_not_fix']],
    ['exploitable', ['update']],
    ['exploitable', ['will_not_fix']],
    ['in_triage', undefined],
  ]);
  expect(vulnerabilities[5]?.analysis.detail).toContain('only reachable by operators (owner ada@example.org');
  expect(vulnerabilities[6]?.rejected).toBe('2025-11-30T00:00:00.000Z');
});

it('gives every rating with who gave it', async () => {
  const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
  const severity = {
    level: 'critical' as const,
    score: 9.8,
    vector,
    source: 'cvss-v3 GHSA-test-0000-0001',
    disputed: true,
    all: [
      { from: 'cvss-v3' as const, by: 'GHSA-test-0000-0001', level: 'critical' as const, score: 9.8, vector },
      { from: 'tool' as const, by: 'npm-audit', level: 'high' as const },
    ],
  };
  const { vulnerabilities } = await read(
    assembleReport({ ...richInput, findings: [findingIn('due', 1, { severity })] }),
  );
  expect(vulnerabilities[0]?.ratings).toMatchObject([
    { source: { name: 'cvss-v3 GHSA-test-0000-0001' }, severity: 'critical', score: 9.8, method: 'CVSSv31', vector },
    { source: { name: 'GHSA-test-0000-0001 (cvss-v3)' }, severity: 'critical', method: 'CVSSv31' },
    { source: { name: 'npm-audit (tool)' }, severity: 'high' },
  ]);
});

it('says what could not be looked at, and has an id of its own for each content', async () => {
  const rich = await read(richView);
  expect(rich.metadata.properties.map(({ name }) => name)).toStrictEqual([
    'fixby:verdict',
    'fixby:sentence',
    'fixby:policy',
    'fixby:notChecked',
  ]);
  expect(rich.serialNumber).toBe((await read(structuredClone(richView))).serialNumber);
  expect(rich.serialNumber).not.toBe((await read(releaseView)).serialNumber);
});
