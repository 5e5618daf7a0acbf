/** Writes the files under `.fixby/` as a team first meets them: valid, short, and saying where to read on. */
import type { Proposal } from '../model/proposal.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import { visible } from '../model/text.ts';

/** A configuration that changes nothing yet, with what was found as a comment. */
export function proposeConfig(
  path: string,
  folders: readonly { readonly path: string; readonly ecosystem: Ecosystem }[],
): Proposal {
  const found = folders
    .map(({ path: folder, ecosystem }) => `#   ${ecosystem.padEnd(5)} ${visible(folder)}\n`)
    .slice(0, 40);
  const list =
    found.length === 0
      ? '# No package was found yet.\n'
      : `# Found, and audited unless left out below:\n${found.join('')}`;
  const after = `# Configuration of fixby. Everything may be left out; docs/configuration.md of fixby explains every key.
version: 1

${list}#
# discover:
#   exclude: [examples/]       # folders that are not yours to keep up to date
# policy:
#   timeZone: Europe/Warsaw    # in which a day ends
#   holidays: [2026-12-25]     # no business days, beside weekends
`;
  return { part: 'config', path, before: null, after, why: 'the configuration, with nothing changed yet' };
}

/** No accepted risk, and how one is written. */
export function proposeExceptions(path: string): Proposal {
  const after = `# Accepted risks. Each has a reason, an owner, an approver and an end; \`fixby except add\` writes one, \`fixby except check\` checks all.
version: 1
exceptions: []
`;
  return { part: 'exceptions', path, before: null, after, why: 'the place for accepted risks, with none in it' };
}
