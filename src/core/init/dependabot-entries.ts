/** Writes the entries that a repository's Dependabot configuration lacks, or the whole file. */
import type { Proposal } from '../model/proposal.ts';
import { addToList } from './add-to-list.ts';

/** A folder that Dependabot does not look after. */
export interface MissingUpdate {
  /** As Dependabot calls it, such as `npm`. */
  readonly ecosystem: string;
  /** With a slash in front. */
  readonly directory: string;
}

const PATH = '.github/dependabot.yml';

/** `file` is what stands there, if anything. No proposal where nothing is missing, or where the file cannot be added to. */
export function proposeDependabot(
  file: { readonly path: string; readonly text: string } | null,
  missing: readonly MissingUpdate[],
  interval: string,
): Proposal | null {
  if (missing.length === 0) return null;
  const text =
    file?.text ??
    '# https://docs.github.com/code-security/reference/supply-chain-security/dependabot-options-reference\nversion: 2\n';
  const entries = missing.map(({ ecosystem, directory }) => ({
    'package-ecosystem': ecosystem,
    directory,
    schedule: { interval },
  }));
  const after = addToList(text, 'updates', entries);
  if (after === null) return null;
  const folders = missing.length === 1 ? 'a folder' : `${missing.length} folders`;
  const why = `updates for ${folders} nobody looks after yet`;
  return { part: 'dependabot', path: file?.path ?? PATH, before: file?.text ?? null, after, why };
}
