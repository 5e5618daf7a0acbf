/** What a reader is told to do next. */
import { describe, expect, it } from 'vitest';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { nextSteps } from '../../../src/core/report/next-steps.ts';
import type { JudgedFinding } from '../../../src/core/model/judged-finding.ts';
import { findingIn, richInput, webAudit } from './sample.ts';
import { cleanView, emptyView, freeReleaseView, releaseView, richView } from './views.ts';

function stepsFor(...findings: readonly JudgedFinding[]): readonly string[] {
  return nextSteps(assembleReport({ ...richInput, audits: [webAudit], findings }));
}

describe('upgrades', () => {
  it('names package, version, target, who brings it in, the date and what is cleared', () => {
    expect(stepsFor(findingIn('due', 1))[0]).toBe(
      'Upgrade package-1 to 1.0.1 in web, brought in by top (due 2025-12-05; GHSA-test-0000-0001).',
    );
  });

  it.each([
    ['a direct dependency is brought in by nobody', { direct: true }, 'Upgrade p to 1.0.1 in web (13 days'],
    ['no way known', { paths: [] }, 'Upgrade p to 1.0.1 in web (13 days'],
    [
      'a major step is said',
      { fix: { available: true, version: '2.0.0', kind: 'major' } },
      '(major step; 13 days overdue',
    ],
    [
      'a downgrade is no upgrade',
      { fix: { available: true, version: '0.9.0', kind: 'downgrade' } },
      'Replace p in web, brought in by top: the only fixed version, 0.9.0, is older',
    ],
    ['no fix', { fix: { available: false } }, 'Replace p in web, brought in by top, or have the risk accepted'],
    ['a fix without a version', { fix: { available: true } }, 'to the version its advisory names'],
  ] as const)('%s', (_, change, words) => {
    expect(stepsFor(findingIn('overdue', 0, { ...change, package: 'p' }))[0]).toContain(words);
  });

  it('names the way out of each installed version where a lower branch has its own', () => {
    const steps = [
      { from: '3.1.2', version: '3.1.3' },
      { from: '9.0.5', version: '9.0.7' },
    ];
    const both = { package: 'p', versions: ['3.1.2', '9.0.5'] };
    const high = { package: 'p', versions: ['9.0.5'], fix: { available: true, version: '9.0.8' } };
    const fix = { available: true, version: '9.0.7', steps };
    expect(stepsFor(findingIn('overdue', 0, { ...both, fix }), findingIn('overdue', 1, high))[0]).toContain(
      'Upgrade p in web, brought in by top, each version by itself: 3.1.2 to 3.1.3, 9.0.5 to 9.0.8 (',
    );
  });

  it('asks once for a package, for the version that clears all of its findings', () => {
    const fixes = ['1.9.0', '1.10.0', '1.2.0', '1.0.1'];
    const findings = fixes.map((version, index) =>
      findingIn('overdue', index, { package: 'p', fix: { available: true, version, kind: 'minor' } }),
    );
    const steps = stepsFor(...findings);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toContain('Upgrade p to 1.10.0');
    expect(steps[0]).toContain('GHSA-test-0000-0000, GHSA-test-0000-0001 and 2 more');
  });

  it('compares Python versions as Python does', () => {
    const fixes = ['1.0rc1', '1.0.post1', '1.0'];
    const findings = fixes.map((version, index) =>
      findingIn('overdue', index, { ecosystem: 'PyPI', package: 'p', fix: { available: true, version } }),
    );
    expect(stepsFor(...findings)[0]).toContain('Upgrade p to 1.0.post1');
  });

  it('counts what does not fit', () => {
    const steps = stepsFor(...[1, 2, 3, 4, 5].map((number) => findingIn('due', number)));
    expect(steps).toHaveLength(4);
    expect(steps[3]).toBe('Then see to 2 more packages among the findings of this report.');
  });
});

describe('the rest', () => {
  it('mends come after upgrades, doctor last', () => {
    const steps = nextSteps(richView);
    expect(steps.at(-2)).toBe('Point --osv-url at a complete OSV source.');
    expect(steps.at(-1)).toContain('fixby doctor');
  });

  it('is never empty', () => {
    expect(nextSteps(cleanView)).toStrictEqual(['Nothing to do now.']);
    expect(nextSteps(emptyView)).toHaveLength(1);
    expect(nextSteps({ ...cleanView, verdict: 'fail' })).toStrictEqual([
      'See to the causes above, then run this again.',
    ]);
  });

  it('tells of findings that wait', () => {
    const judgement = { verdict: 'pass', broken: [], open: [], sentence: 'Kept.' } as const;
    const view = assembleReport({
      ...richInput,
      audits: [webAudit],
      findings: [findingIn('awaiting-fix', 1)],
      judgement,
    });
    expect(nextSteps(view)).toStrictEqual([
      'Nothing to do now; 1 finding will have to be acted on once a fix is released.',
    ]);
  });
});

describe('a release', () => {
  it('is tagged once nothing stands in its way', () => {
    expect(nextSteps(freeReleaseView)).toStrictEqual(['Tag it: git tag -a v1.2.1 0123456789ab']);
  });

  it('is judged again on a day that is still to come', () => {
    expect(nextSteps({ ...freeReleaseView, asOf: '2027-01-01T00:00:00.000Z' })).toStrictEqual([
      'Run fixby release 1.2.1 again on the day it is to be tagged.',
    ]);
  });

  it('gives no command for a tag that a shell would not take for one word', () => {
    const release = { ...freeReleaseView.release, tag: '$(x)1.2.1' } as typeof freeReleaseView.release;
    expect(nextSteps({ ...freeReleaseView, release })).toStrictEqual(['Tag it.']);
  });

  it('names what clears it, and leaves aside what is due later', () => {
    expect(nextSteps(releaseView)).toStrictEqual([
      'Upgrade package-0 to 1.0.1 in web, brought in by top (13 days overdue; GHSA-test-0000-0000).',
      'Have the exception for CVE-2025-9 renewed, or take it out of .fixby/exceptions.yaml (line 9).',
      'Commit web/package-lock.json as it is meant to be, or restore it, then run this again.',
      'Point --osv-url at a complete OSV source.',
      expect.stringMatching(/^Run fixby doctor/),
    ]);
  });
});
