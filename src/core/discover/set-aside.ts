/** The outcomes of what discovery meets and no auditor is asked about, in words that say what to do. */
import type { UnavailableReason } from '../model/audit.ts';
import type { Source, SetAside } from '../model/target.ts';
import { visible } from '../model/text.ts';
import { ecosystemOf } from './source-kinds.ts';

/** Why packages could not be looked at: a stable word, a sentence, and the next step. */
export interface Obstacle {
  readonly reason: UnavailableReason;
  readonly message: string;
  readonly mend: string;
}

/** Packages in `folder` that nobody will look at. `sources` must not be empty. */
export function unavailable(folder: string, sources: readonly Source[], obstacle: Obstacle): SetAside {
  return { path: folder, ...world(sources), sources, outcome: 'unavailable', ...obstacle };
}

/** A manifest in `folder` that needs no audit of its own. `sources` must not be empty. */
export function notApplicable(folder: string, sources: readonly Source[], reason: string, message: string): SetAside {
  return { path: folder, ...world(sources), sources, outcome: 'not-applicable', reason, message, mend: '' };
}

/** A member of the workspace of `root`, whose lock states its packages. */
export function workspaceMember(folder: string, sources: readonly Source[], root: string): SetAside {
  const place = root === '.' ? 'the repository root' : visible(root);
  const message = `It is a member of the workspace of ${place}, whose lock states its packages.`;
  return notApplicable(folder, sources, 'workspace-member', message);
}

/** A manifest that cannot be read as what its name says. */
export function unreadable(folder: string, source: Source, detail: string): SetAside {
  return unavailable(folder, [source], {
    reason: 'lockfile-unreadable',
    message: `${visible(source.path)} could not be read: ${visible(detail)}`,
    mend: `Repair ${visible(source.path)}, or name it under \`exclude\` if it states no packages you ship.`,
  });
}

function world(sources: readonly Source[]): Pick<SetAside, 'ecosystem'> {
  const [first] = sources;
  if (first === undefined) throw new TypeError('a set-aside names no source');
  return { ecosystem: ecosystemOf(first.kind) };
}
