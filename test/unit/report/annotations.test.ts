/** The annotations of a CI run: few, in their place, and forged by nobody. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotations } from '../../../src/core/report/annotations.ts';
import { HOSTILE_TEXTS, cleanView, emptyView, manyView, richView, withForeignTexts } from './views.ts';

const WELL_FORMED = /^::(?:error|warning) (?:file=[^,:]*,)?(?:line=\d+,)?title=[^,:]*::[^\r\n]*$/;

describe('annotations', () => {
  it('name the verdict, what could not be checked and what is overdue as errors, the rest as warnings', () => {
    expect(annotations(richView)).toMatchInlineSnapshot(`
      [
        "::error title=fixby%3A fail::1 finding is overdue, and 1 of 3 targets could not be checked.",
        "::error file=api/requirements.txt,title=Not checked%3A api (pip-audit)::the advisory source answered without the advisory it must have%0APoint --osv-url at a complete OSV source.",
        "::error file=web/package-lock.json,line=10,title=critical%3A package-0@1.0.0 in web%2C 13 days overdue::GHSA-test-0000-0000: Crafted input number 0 is trusted%0AFix: 1.0.1 (patch). published 2025-11-20, critical is due immediately",
        "::error title=source-blind in api::the canary was not reported%0APoint --osv-url at a complete OSV source.",
        "::warning file=web/package-lock.json,line=11,title=high%3A package-1@1.0.0 in web%2C due 2025-12-05::GHSA-test-0000-0001: Crafted input number 1 is trusted%0AFix: 1.0.1 (patch). published 2025-11-28 and 7 days end on 2025-12-05",
        "::warning file=web/package-lock.json,line=12,title=medium%3A package-2@1.0.0 in web%2C next release::GHSA-test-0000-0002: Crafted input number 2 is trusted%0AFix: 1.0.1 (patch). no minor release was cut since 2025-11-20; v1.3.0 must not carry it",
        "::warning title=registry-override in web::.npmrc asks for another registry, which was not used%0AName it in .fixby/config.yaml if the team uses it.",
      ]
    `);
  });

  it('are few: ten of a kind, the last one counting the rest', () => {
    const lines = annotations(manyView);
    for (const level of ['error', 'warning']) {
      const kind = lines.filter((line) => line.startsWith(`::${level} `));
      expect(kind).toHaveLength(10);
      expect(kind.at(-1)).toMatch(/And \d+ more/);
    }
  });

  it('say that a run was inconclusive', () => {
    expect(annotations(emptyView)).toStrictEqual([
      '::error title=fixby%3A inconclusive::No target was found, so nothing was checked.',
    ]);
  });

  it('hold only what is to be known when everything is kept', () => {
    expect(annotations(cleanView).map((line) => line.slice(0, 9))).toStrictEqual(['::warning']);
  });

  it('cannot be forged by foreign text', () => {
    const foreign = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_TEXTS));
    fc.assert(
      fc.property(foreign, (text) => {
        for (const line of annotations(withForeignTexts(richView, () => text))) expect(line).toMatch(WELL_FORMED);
      }),
      { numRuns: 40 },
    );
  });
});
