/** Sorts what a walk listed into manifests to judge and things that only need to be named. */
import type { FileEntry } from '../model/file.ts';
import { byText } from '../model/order.ts';
import { parentFolder } from '../model/path.ts';
import type { Problem } from '../model/problem.ts';
import type { SetAside, Source } from '../model/target.ts';
import { visible } from '../model/text.ts';
import { groupBy } from '../model/group-by.ts';
import { notApplicable, unreadable } from './set-aside.ts';
import { ecosystemOf, folderOf, sourceKindOf } from './source-kinds.ts';
import { describeUncovered } from './uncovered.ts';

export interface SortedEntries {
  readonly sources: readonly Source[];
  /** Manifests known from git's index alone: whether they can be read is still to be seen. */
  readonly trackedOnly: readonly Source[];
  readonly setAside: readonly SetAside[];
  readonly problems: readonly Problem[];
}

type SourceEntry = FileEntry & { readonly source: Source };

/** Entries discovery does not care about are left out, but for links that leave the repository. */
export function sortEntries(entries: readonly FileEntry[]): SortedEntries {
  const manifests = entries.flatMap(withSource);
  const audited = manifests.filter(({ excludedBy }) => excludedBy === undefined);
  const files = audited.filter(({ kind }) => kind === 'file');
  return {
    sources: files.filter(({ trackedOnly }) => trackedOnly !== true).map(({ source }) => source),
    trackedOnly: files.filter(({ trackedOnly }) => trackedOnly === true).map(({ source }) => source),
    setAside: [...audited.filter(({ kind }) => kind !== 'file').map(notAFile), ...excluded(manifests)],
    problems: [
      ...linksOutside(entries.filter(({ path, kind }) => kind === 'link-outside' && sourceKindOf(path) === null)),
      ...describeUncovered(entries),
    ],
  };
}

function withSource(entry: FileEntry): readonly SourceEntry[] {
  const kind = sourceKindOf(entry.path);
  return kind === null ? [] : [{ ...entry, source: { path: entry.path, kind } }];
}

function notAFile({ source, kind }: SourceEntry): SetAside {
  const what = {
    file: 'it is a file.',
    directory: 'it is a directory.',
    'link-outside': 'it is a link that leaves the repository, which is not followed.',
    other: 'it is neither a file nor a link to one.',
  };
  return unreadable(folderOf(source), source, what[kind]);
}

function excluded(manifests: readonly SourceEntry[]): readonly SetAside[] {
  const groups = groupBy(
    manifests.filter(({ excludedBy }) => excludedBy !== undefined),
    (entry) => JSON.stringify([ecosystemOf(entry.source.kind), placeOf(entry), entry.excludedBy]),
  );
  return [...groups.values()].map(excludedGroup);
}

/** The folder at which a rule took hold; for a file that was named itself, the folder it lies in. */
function placeOf({ path, excludedAt = path }: SourceEntry): string {
  return excludedAt === path ? parentFolder(path) : excludedAt;
}

function excludedGroup(group: readonly SourceEntry[]): SetAside {
  const [first] = group;
  if (first === undefined) throw new TypeError('a group of excluded files is empty');
  const count = group.length === 1 ? '1 file that states' : `${group.length} files that state`;
  const message = `Excluded by \`${visible(first.excludedBy ?? '')}\`: ${count} packages here will not be audited.`;
  const sources = group.map(({ source }) => source);
  return notApplicable(placeOf(first), sources, 'excluded', message);
}

const LINKS_NAMED = 5;

function linksOutside(links: readonly FileEntry[]): readonly Problem[] {
  if (links.length === 0) return [];
  const paths = links.map(({ path }) => visible(path)).sort(byText);
  const more = paths.length > LINKS_NAMED ? ` and ${paths.length - LINKS_NAMED} more` : '';
  return [
    {
      target: null,
      code: 'link-outside',
      message: `Links that leave the repository were not followed: ${paths.slice(0, LINKS_NAMED).join(', ')}${more}.`,
      mend: 'Audit the places they lead to on their own if they hold projects.',
      blocks: false,
    },
  ];
}
