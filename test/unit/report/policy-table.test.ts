/** The policy as a terminal shows it: one line where it fits, stacked where it does not, and foreign text harmless. */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read-policy.ts';
import { policyTable } from '../../../src/core/report/policy/table.ts';
import { noOverrides } from '../../support/policy-config.ts';

const TEXT = `## Update policy

- Critical: patch immediately
- High: patch within 3-7 days
- Medium: next release
- Low: backlog
`;

function draw(width: number, text = TEXT, path = 'SECURITY.md'): string {
  const reading = readPolicy({ files: [{ path, text, sha256: '' }], overrides: noOverrides });
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join('\n'));
  return policyTable(reading, width);
}

describe('the policy on a terminal', () => {
  it('says severity, window, confidence, place and words on one line', () => {
    expect(draw(120).split('\n').slice(0, 2)).toEqual([
      'critical  immediately              exact    SECURITY.md:3  "Critical: patch immediately"',
      'high      within 7 days            inferred SECURITY.md:4  "High: patch within 3-7 days" (a range: the later bound)',
    ]);
  });

  it.each([40, 60, 80])('stays within %i columns', (width) => {
    for (const line of draw(width).split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
  });

  it('shows control characters of a file name instead of obeying them', () => {
    const text = draw(100, TEXT, 'docs/\u001b[2JSECURITY.md');
    expect(text).toContain('\\u{1b}');
    expect(text).not.toContain('\u001b');
  });
});
