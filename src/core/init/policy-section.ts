/** Writes an update policy for a repository that has none: below what SECURITY.md says already, or as its beginning. */
import type { Proposal } from '../model/proposal.ts';

const SECTION = `## Update policy

How soon a dependency with a known vulnerability is updated, by the severity of its advisory. The time starts when a fix can be installed.

| Severity | Updated |
| -------- | ------- |
| Critical | immediately |
| High | within 7 days |
| Medium | in the next release |
| Low | opportunistically |
`;

/** `before` is the text of the file, or `null` when there is none. Line ends stay what they are. */
export function proposePolicy(path: string, before: string | null): Proposal {
  const why = 'an update policy, which every deadline is counted from; change it to what the team can keep';
  const text = before ?? '# Security policy\n';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text.trim() === '' ? '' : text.endsWith(`${eol}${eol}`) ? '' : text.endsWith(eol) ? eol : eol + eol;
  return { part: 'policy', path, before, after: text + gap + SECTION.replaceAll('\n', eol), why };
}
