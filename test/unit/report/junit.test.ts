/** The JUnit report against a schema of what CI servers read, and its counts against its content. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { ReportView } from '../../../src/core/model/report.ts';
import { junitFormat } from '../../../src/core/report/junit.ts';
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

const schema = readFileSync(new URL('../../fixtures/schemas/junit.xsd', import.meta.url), 'utf8');

function render(view: ReportView): string {
  return junitFormat.render(view, plainOptions);
}

async function faultsIn(contents: readonly string[]): Promise<readonly string[]> {
  const xml = contents.map((text, index) => ({ fileName: `${index}.xml`, contents: text }));
  const { errors } = await validateXML({ xml, schema: [schema] });
  return errors.map(({ message }) => message);
}

it('keeps to the schema, whatever the view', async () => {
  const hostile = HOSTILE_TEXTS.flatMap((text) =>
    [richView, releaseView].map((view) => withForeignTexts(view, () => text || 'x')),
  );
  const views = [emptyView, cleanView, richView, releaseView, freeReleaseView, manyView, ...hostile];
  expect(await faultsIn(views.map(render))).toStrictEqual([]);
});

it('is held to a schema that can say no', async () => {
  const wrong = render(richView).replace('<skipped ', '<omitted ').replace(' line="10"', ' line="ten"');
  expect(await faultsIn([wrong])).not.toStrictEqual([]);
});

describe('counts', () => {
  it.each([
    ['nothing found to audit', emptyView, { failures: 0, errors: 1, skipped: 0 }],
    ['everything kept', cleanView, { failures: 0, errors: 0, skipped: 0 }],
    ['a finding in each state', richView, { failures: 2, errors: 2, skipped: 2 }],
  ])('%s', (_, view, expected) => {
    const text = render(view);
    const [, top = ''] = /<testsuites ([^>]*)>/.exec(text) ?? [];
    for (const [name, number] of Object.entries(expected)) expect(top).toContain(`${name}="${number}"`);
    expect(text.match(/<failure /g) ?? []).toHaveLength(expected.failures);
    expect(text.match(/<error /g) ?? []).toHaveLength(expected.errors);
    expect(text.match(/<skipped /g) ?? []).toHaveLength(expected.skipped);
  });
});

it('has no error for a second opinion that is missing, since another auditor answers for its target', () => {
  const targets = richView.targets.map((target) => ({ ...target, secondOpinion: true as const }));
  const text = render({ ...richView, targets });
  expect(text).toContain('<skipped message="the advisory source answered without the advisory it must have');
  expect(text.match(/<error /g)).toHaveLength(1);
});

it('fails the test of a finding that breaks the policy, and names where it stands', () => {
  const [test = ''] = /<testcase[^>]*GHSA-test-0000-0000[\s\S]*?<\/testcase>/.exec(render(richView)) ?? [];
  expect(test).toContain('file="web/package-lock.json" line="10"');
  expect(test).toContain('<failure message="critical, 13 days overdue: Crafted input number 0 is trusted">');
  expect(test).toContain('Upgrade package-0 to 1.0.1.');
});
