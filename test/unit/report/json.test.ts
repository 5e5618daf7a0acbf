/** The JSON report parses back to the very view, whatever its texts are. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { jsonFormat } from '../../../src/core/report/json.ts';
import { HOSTILE_TEXTS, emptyView, manyView, plainOptions, richView, withForeignTexts } from './views.ts';

function roundTrip(view: ReportView): unknown {
  return JSON.parse(jsonFormat.render(view, plainOptions));
}

it.each([
  ['empty', emptyView],
  ['rich', richView],
  ['many', manyView],
])('parses back to the view: %s', (_, view) => {
  expect(roundTrip(view)).toStrictEqual(view);
});

it('parses back to the view, whatever its texts are', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_TEXTS));
  fc.assert(
    fc.property(text, (foreign) => {
      const view = withForeignTexts(richView, () => foreign);
      expect(roundTrip(view)).toStrictEqual(view);
    }),
    { numRuns: 40 },
  );
});

it('writes its keys in the order of the schema, however the view came about', () => {
  const backwards = reverseKeys(richView) as ReportView;
  expect(Object.keys(backwards)[0]).toBe('problems');
  expect(jsonFormat.render(backwards, plainOptions)).toBe(jsonFormat.render(richView, plainOptions));
});

it('refuses a view that breaks the schema', () => {
  expect(() => jsonFormat.render({ ...richView, verdict: 'clean' as 'pass' }, plainOptions)).toThrow(/verdict/);
});

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  );
}
