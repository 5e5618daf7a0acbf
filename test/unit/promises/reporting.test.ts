/** Whether somebody can be reached, links lead somewhere, and an announced key has come. */
import { describe, expect, it } from 'vitest';
import type { GitReply } from '../../../src/core/model/git-question.ts';
import { proofOf, rowOf, rowsOf } from '../../support/promises.ts';

const KIND = 'reporting';

describe('contact', () => {
  const section = (text: string): string => `## Reporting a vulnerability\n\n${text}\n`;

  it.each([
    ['Write to security@fixby.dev.', 'kept'],
    ['Write to <security@acme-robotics.io> within a day.', 'kept'],
    ['Use [our program](https://hackerone.com/acme-robotics).', 'kept'],
    ['Write to security@example.com.', 'broken'],
    ['Write to security@yourdomain.com.', 'broken'],
    ['Write to [INSERT EMAIL ADDRESS].', 'broken'],
    ['See https://github.com/OWNER/REPO/security/advisories/new.', 'broken'],
    ['Please report every vulnerability to us.', 'broken'],
    ['Open a private security advisory on the Security tab.', 'cannot-tell'],
    ['Please fill in [this form](https://forms.fixby.dev/report).', 'cannot-tell'],
    ['See our [page on disclosure](https://fixby.dev/disclosure).', 'cannot-tell'],
    ['Message @alice on our Discord.', 'cannot-tell'],
    ['See [our page](https://example.com/security).', 'broken'],
  ])('%s is %s', (text, verdict) => {
    const [row] = rowsOf(KIND, section(text)).filter(({ promise }) => promise.includes('somebody'));
    expect([row?.verdict, row === undefined ? '' : proofOf(row)]).toEqual([verdict, expect.any(String)]);
  });

  it('says whether a time for the answer is stated', () => {
    const stated = rowOf(KIND, section('Write to security@fixby.dev.\n\n- Initial response: within 48 hours'));
    expect(proofOf(stated)).toContain('remark an answer is promised in a stated time @SECURITY.md:5');
    expect(proofOf(rowOf(KIND, section('Write to security@fixby.dev.')))).toContain('no time is stated');
  });

  it.each([['## Coordinated disclosure\n\nWe wait 90 days.'], ['## Audit reports\n\nSee the wiki.']])(
    '%j asks for no report',
    (text) => {
      expect(rowsOf(KIND, text)).toEqual([]);
    },
  );

  it('is no promise where nothing is said of reports', () => {
    expect(rowsOf(KIND, '# Policy\n\nWe update weekly.\n')).toEqual([]);
  });

  it.each([
    ['Contact: mailto:security@fixby.dev\nExpires: 2027-01-01T00:00:00Z\n', 'kept'],
    ['Contact: mailto:other@fixby.dev\nExpires: 2027-01-01T00:00:00Z\n', 'broken'],
    ['Contact: mailto:security@fixby.dev\nExpires: 2026-01-01T00:00:00Z\n', 'broken'],
    ['Contact: mailto:security@fixby.dev\n', 'broken'],
    ['Expires: 2027-01-01T00:00:00Z\n', 'broken'],
  ])('with a security.txt of %j is %s', (text, verdict) => {
    const files = { 'public/.well-known/security.txt': text };
    expect(rowOf(KIND, section('Write to security@fixby.dev.'), { files }).verdict).toBe(verdict);
  });
});

describe('advisories', () => {
  it.each([
    ['https://github.com/acme-robotics/arm/security/advisories', 'kept'],
    ['https://github.com/your-org/your-repo/security/advisories', 'broken'],
    ['https://github.com/acme-robotics/security/advisories', 'broken'],
  ])('at %s are %s', (link, verdict) => {
    const rows = rowsOf(KIND, `Published on [GitHub](${link}).`).filter(({ promise }) => promise.includes('link'));
    expect(rows.map((row) => row.verdict)).toEqual([verdict]);
  });
});

describe('keys', () => {
  const SAYS = '**PGP Key**: (Coming soon)';
  const written = (at: string, atLeast = false): GitReply => ({
    about: 'line',
    origin: { commit: 'e'.repeat(40), at, atLeast },
  });

  it.each<[string, GitReply, string]>([
    ['announced a year ago', written('2025-06-01T00:00:00.000Z'), 'broken'],
    ['announced last month', written('2026-05-01T00:00:00.000Z'), 'cannot-tell'],
    ['announced at least a year ago', written('2025-06-01T00:00:00.000Z', true), 'broken'],
    ['announced who knows when', written('2026-05-01T00:00:00.000Z', true), 'cannot-tell'],
    ['not committed', { about: 'line', origin: null }, 'cannot-tell'],
    ['without a history', { about: 'unknown', detail: 'no history' }, 'cannot-tell'],
  ])('%s', (_what, reply, verdict) => {
    const row = rowOf(KIND, SAYS, { git: () => reply });
    expect([row.verdict, proofOf(row)]).toEqual([verdict, expect.any(String)]);
  });

  it.each([
    ['PGP fingerprint: 5B1C 6A21 9D0E 44F7 8C3A 91E2 7F60 B4D8 1A2C 9E35', {}, 'kept'],
    ['PGP fingerprint: 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000', {}, 'broken'],
    ['Our [PGP key](./security.asc).', { 'security.asc': '-----BEGIN PGP PUBLIC KEY BLOCK-----' }, 'kept'],
    ['Our [PGP key](./security.asc).', {}, 'broken'],
  ])('%s is %#', (text, files, verdict) => {
    expect(rowOf(KIND, text, { files }).verdict).toBe(verdict);
  });
});
