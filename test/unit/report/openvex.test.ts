/** The OpenVEX report against a schema of the specification's fields, and what it may never say. */
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { openvexFormat } from '../../../src/core/report/openvex.ts';
import { schemaCheck } from '../../support/json-schema.ts';
import { findingIn, richInput } from './sample.ts';
import {
  HOSTILE_TEXTS,
  cleanView,
  emptyView,
  manyView,
  plainOptions,
  releaseView,
  richView,
  withForeignTexts,
} from './views.ts';

const faultsIn = schemaCheck('openvex-0.2.0.schema.json');

interface Statement {
  readonly status: string;
  readonly action_statement?: string;
  readonly products: readonly { readonly '@id': string }[];
}

interface Vex {
  readonly '@id': string;
  readonly tooling: string;
  readonly statements: readonly Statement[];
}

function parse(view: ReportView): Vex {
  return JSON.parse(openvexFormat.render(view, plainOptions)) as Vex;
}

function read(view: ReportView): Vex {
  const document = parse(view);
  expect(faultsIn(document)).toStrictEqual([]);
  return document;
}

it('is held to a schema that can say no', () => {
  const { statements, ...rest } = parse(richView);
  const silent = statements.map(({ status, products }) => ({ status, products, vulnerability: { name: 'x' } }));
  expect(faultsIn({ ...rest, statements: silent })).toContain(
    "/statements/0 must have required property 'action_statement'",
  );
});

describe('keeps to the schema', () => {
  it.each([
    ['a finding in each state', richView],
    ['a release', releaseView],
    ['2,000 findings', manyView],
  ])('%s', (_, view) => {
    expect(read(view).statements).toHaveLength(view.findings.length);
  });

  it.each(HOSTILE_TEXTS)('with %j for every text', (text) => {
    // One key for all would be one statement twice.
    let turn = 0;
    const view = withForeignTexts(richView, () => (turn++ === 0 ? text : `${text}${turn}`));
    expect(read(view).statements).toHaveLength(richView.findings.length);
  });
});

it.each([
  ['everything kept', cleanView],
  ['nothing found to audit', emptyView],
])('has nothing to state of a run without findings, which is its only fault: %s', (_, view) => {
  const document = parse(view);
  expect(faultsIn(document)).toStrictEqual(['/statements must NOT have fewer than 1 items']);
  expect(document.tooling).toContain(`verdict ${view.verdict}: ${view.sentence}`);
});

it('never says that anything is not affected', () => {
  const statuses = read(richView).statements.map(({ status }) => status);
  expect(statuses).toStrictEqual([...Array.from({ length: 6 }, () => 'affected'), 'under_investigation']);
});

it('states an accepted risk as affected, with who accepted it and until when', () => {
  const [statement] = read(assembleReport({ ...richInput, findings: [findingIn('accepted', 5)] })).statements;
  expect(statement).toMatchObject({
    status: 'affected',
    action_statement:
      'Risk accepted until 2026-01-31: only reachable by operators (owner ada@example.org, approved by grace@example.org, SEC-7). Upgrade package-5 to 1.0.1.',
  });
});

it('names each installed version by its purl', () => {
  const scoped = findingIn('due', 1, { package: '@scope/name', versions: ['1.0.0', '2.0.0-rc.1+x'] });
  const python = findingIn('due', 2, { ecosystem: 'PyPI', package: 'name-of', versions: ['1!2.0'] });
  const { statements } = read(assembleReport({ ...richInput, findings: [scoped, python] }));
  expect(statements.map(({ products }) => products.map((product) => product['@id']))).toStrictEqual([
    ['pkg:npm/%40scope/name@1.0.0', 'pkg:npm/%40scope/name@2.0.0-rc.1+x'],
    ['pkg:pypi/name-of@1!2.0'],
  ]);
});

it('has an id of its own for each content', () => {
  expect(read(richView)['@id']).toBe(read(structuredClone(richView))['@id']);
  expect(read(richView)['@id']).not.toBe(read(releaseView)['@id']);
});
