/** The terminal report: fits its width, tears no id, uses colours only when asked, and says what to do next. */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { tableFormat } from '../../../src/core/report/table.ts';
import { findingIn, richInput, webAudit } from './sample.ts';
import { cleanView, emptyView, manyView, plainOptions, richView, withForeignTexts } from './views.ts';

const WIDTHS = [60, 80, 120, 200];

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

describe.each(WIDTHS)('at %i columns', (width) => {
  const text = tableFormat.render(richView, { ...plainOptions, width });

  it('no line is wider', () => {
    expect(Math.max(...linesOf(text).map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
  });

  it('every id that is due stands whole on one line', () => {
    for (const number of [0, 1, 2]) expect(text).toContain(`GHSA-test-0000-000${number}`);
    expect(text).toContain('package-0@1.0.0');
  });

  it('matches the golden', async () => {
    await expect(text).toMatchFileSnapshot(`../../fixtures/report/width-${width}.txt`);
  });
});

describe('columns', () => {
  it.each([
    [60, /Due +Package, target, advisory, fix$/m],
    [80, /Due +Severity +Package +Advisory, fix$/m],
    [120, /Due +Severity +Package +Target +Advisory +Fix$/m],
  ])('at %i columns the header fits the room', (width, header) => {
    expect(tableFormat.render(richView, { ...plainOptions, width })).toMatch(header);
  });

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY, 12])('a width of %d is survived', (width) => {
    expect(tableFormat.render(richView, { ...plainOptions, width })).toContain('FAIL');
  });

  it('wide characters take two columns', () => {
    const view = withForeignTexts(richView, () => '漢字かな '.repeat(40));
    const widths = linesOf(tableFormat.render(view, { ...plainOptions, width: 80 })).map((line) => stringWidth(line));
    expect(Math.max(...widths.slice(0, 3))).toBeLessThanOrEqual(80);
  });
});

describe('colour', () => {
  const withoutColour = tableFormat.render(richView, plainOptions);
  const withColour = tableFormat.render(richView, { ...plainOptions, color: true });

  it('is absent unless it is welcome', () => {
    expect(withoutColour).not.toContain('\u001b');
    expect(withColour).toContain('\u001b[31m');
  });

  it('changes nothing but colour', () => {
    expect(withColour.replace(/\u001b\[\d+m/g, '')).toBe(withoutColour);
  });
});

describe('the first screen', () => {
  it.each([
    ['✔ PASS', cleanView],
    ['✖ FAIL', richView],
    ['? INCONCLUSIVE', emptyView],
  ])('begins with %s and ends with what to do next', (sign, view) => {
    const text = tableFormat.render(view, plainOptions);
    expect(text.startsWith(sign)).toBe(true);
    expect(text).toMatch(/\nNext:\n {2}1\. /);
  });

  it('stays a screen with 2,000 findings, and says how many it leaves out', () => {
    const text = tableFormat.render(manyView, plainOptions);
    expect(linesOf(text).length).toBeLessThan(60);
    expect(text).toContain('… and 848 more (--verbose shows all)');
  });

  it('points to the files that hold the rest', () => {
    const text = tableFormat.render(manyView, { ...plainOptions, files: ['reports/report.json', 'reports/report.md'] });
    expect(text).toContain('Whole report: reports/report.json reports/report.md');
    expect(text).toContain('… and 848 more (see the report file, or add --verbose)');
  });

  it('puts what made the run fail first whatever its state, and marks it', () => {
    const findings = [findingIn('overdue', 1, { counts: false }), findingIn('awaiting-fix', 2)];
    const judgement = { ...richInput.judgement, brokenKeys: [findings[1]?.key ?? ''] };
    const text = tableFormat.render(assembleReport({ ...richInput, findings, judgement }), plainOptions);
    expect(text.indexOf('package-2@')).toBeLessThan(text.indexOf('package-1@'));
    expect(text).toMatch(/✖ awaiting a fix/);
    expect(text).toContain('✖ made this run fail');
    expect(text).toContain('1 of them not counted by this run');
  });

  it('leaves no open question out', () => {
    const open = [...richInput.judgement.open, 'web was answered for 10 of 120 packages only'];
    const text = tableFormat.render(
      assembleReport({ ...richInput, judgement: { ...richInput.judgement, open } }),
      plainOptions,
    );
    expect(text).toContain('? web was answered for 10 of 120 packages only');
  });

  it('names what broke the policy where no finding did', () => {
    const judgement = {
      verdict: 'fail',
      broken: ['the exception for CVE-2025-1 has expired'],
      open: [],
      sentence: 'An exception has expired.',
    } as const;
    const view = assembleReport({ ...richInput, audits: [webAudit], findings: [], judgement });
    expect(tableFormat.render(view, plainOptions)).toContain('✖ the exception for CVE-2025-1 has expired');
  });

  it('does not repeat under problems what could not be checked', () => {
    const text = tableFormat.render(richView, plainOptions);
    expect(text).not.toContain('the canary was not reported');
    expect(text).toContain('Problems (1)');
    expect(tableFormat.render(richView, { ...plainOptions, verbose: true })).toContain('the canary was not reported');
  });

  it('names packages nobody audited, with why', () => {
    expect(tableFormat.render(richView, plainOptions)).toContain(
      'web: 2 packages not audited: design-system@0.3.0 (installed from git), tools (a link inside the',
    );
  });
});

describe('verbose', () => {
  it('shows every finding with what its deadline rests on', () => {
    const text = tableFormat.render(manyView, { ...plainOptions, verbose: true });
    const ids = manyView.findings.filter(({ advisory }) => !text.includes(advisory.id));
    expect(ids).toStrictEqual([]);
    expect(text).toContain('paths   top > middle > package-0');
    expect(text).toContain('accepted until 2026-01-31: only reachable by operators (owner ada@example.org');
  });

  it('says where a list is known to be short', () => {
    const view = assembleReport({
      ...richInput,
      findings: [findingIn('due', 1, { fromCompleteAudit: false, pathsOmitted: 4, carriedBy: ['v1.0.0'] })],
    });
    const text = tableFormat.render(view, { ...plainOptions, verbose: true });
    expect(text).toContain('seen by npm-audit (partial audit)');
    expect(text).toContain('package-1; and 4 more');
    expect(text).toContain('shipped v1.0.0');
  });
});
