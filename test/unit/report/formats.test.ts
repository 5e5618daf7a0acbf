/** What every report format owes its readers, tried with every view: a new format is held to this by its registry line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { findFormat, reportFormats } from '../../../src/core/report/registry.ts';
import { renderers } from './renderers.ts';
import {
  HOSTILE_TEXTS,
  cleanView,
  emptyView,
  freeReleaseView,
  manyView,
  onlyUncoveredView,
  plainOptions,
  releaseView,
  richView,
  uncoveredView,
  withForeignTexts,
} from './views.ts';

// Everything that could move a cursor, hide or reorder text; the line feed is ours.
const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const CI_COMMAND = /^\s*::|##\[|##vso\[/m;

// Pipelines name these files: a change here breaks somebody's upload.
const FILE_NAMES: Readonly<Record<string, string>> = {
  table: 'fixby.txt',
  json: 'fixby.json',
  markdown: 'fixby.md',
  csv: 'fixby.csv',
  junit: 'fixby.junit.xml',
  sarif: 'fixby.sarif',
  gitlab: 'fixby.gitlab.json',
  github: 'fixby.github.md',
  openvex: 'fixby.openvex.json',
  poam: 'fixby.poam.csv',
  cyclonedx: 'fixby.cdx.json',
  html: 'fixby.html',
};

/** The same facts with the keys of every object the other way round: a view that was saved and read again has another order too. */
function otherOrder<T>(value: T): T {
  if (Array.isArray(value)) return value.map(otherOrder) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, member]) => [key, otherOrder(member as unknown)])) as T;
}

const views: readonly (readonly [string, ReportView])[] = [
  ['nothing found to audit', emptyView],
  ['everything kept', cleanView],
  ['everything kept beside what nobody covers', uncoveredView],
  ['nothing that anybody covers', onlyUncoveredView],
  ['a finding in each state', richView],
  ['2,000 findings', manyView],
  ['a release with everything in its way', releaseView],
  ['a release with nothing in its way', freeReleaseView],
  ...HOSTILE_TEXTS.flatMap((text) => {
    const shown = JSON.stringify(text.slice(0, 24));
    return [
      [`hostile ${shown}`, withForeignTexts(richView, () => text)] as const,
      [`hostile release ${shown}`, withForeignTexts(releaseView, () => text)] as const,
    ];
  }),
];

describe.each(renderers.map((format) => [format.name, format] as const))('%s', (name, format) => {
  it('is found by its name', () => {
    expect(findFormat(name)).toMatchObject({ name });
    expect(format.extension).toMatch(/^[a-z]+(?:\.[a-z]+)?$/);
    expect(FILE_NAMES).toHaveProperty([name], `fixby.${format.extension}`);
  });

  it.each(views)('renders %s safely, whole and the same way twice', (_, view) => {
    const text = format.render(view, plainOptions);
    expect(text).toBe(format.render(otherOrder(view), plainOptions));
    expect(text).toMatch(/\n$/);
    expect(text).not.toMatch(UNSAFE);
    expect(text).not.toMatch(CI_COMMAND);
  });

  it('lets no foreign text through unescaped, whatever it is', () => {
    const foreign = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_TEXTS)), {
      minLength: 1,
      maxLength: 4,
    });
    const property = fc.property(foreign, fc.boolean(), fc.boolean(), (texts, verbose, isRelease) => {
      let turn = 0;
      const view = withForeignTexts(isRelease ? releaseView : richView, () => texts[turn++ % texts.length] ?? '');
      const text = format.render(view, { ...plainOptions, verbose });
      expect(text).not.toMatch(UNSAFE);
      expect(text).not.toMatch(CI_COMMAND);
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('says the verdict and its cause', () => {
    for (const view of [emptyView, cleanView, richView, releaseView, freeReleaseView]) {
      const text = format.render(view, { ...plainOptions, width: 200 });
      expect(text.toLowerCase()).toContain(view.verdict);
      expect(text.replace(/`/g, '')).toContain(view.sentence);
    }
  });

  it('names every target that could not be checked, with its mend', () => {
    const text = format.render(richView, plainOptions);
    expect(text).toContain('api');
    expect(text).toContain('source-blind');
    expect(text.replace(/`/g, '')).toContain('Point --osv-url at a complete OSV source.');
  });

  it.each([
    ['what nobody covers beside what was audited', uncoveredView],
    ['that there is nothing anybody covers', onlyUncoveredView],
  ])('says %s', (_, view) => {
    const text = format.render(view, { ...plainOptions, width: 200 }).replace(/[`\\]/g, '');
    expect(text).toContain('Nobody looked at Go in api: no auditor reads go.sum');
  });

  it.each([
    ['rich', richView],
    ['release', releaseView],
    ['release-free', freeReleaseView],
  ])('matches the golden: %s', async (golden, view) => {
    const file = `../../fixtures/report/${golden}.${format.extension}`;
    await expect(format.render(view, plainOptions)).toMatchFileSnapshot(file);
  });
});

it('no two formats share a name or a file', () => {
  expect(new Set(reportFormats.map(({ name }) => name)).size).toBe(reportFormats.length);
  expect(new Set(reportFormats.map(({ extension }) => extension)).size).toBe(reportFormats.length);
  expect(findFormat('pdf')).toBeUndefined();
});
