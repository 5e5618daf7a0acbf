/** Holds Dependabot's entries against the manifests of the repository: what is covered, what is not, what is switched off. */
import { describeFolder } from './read-dependabot.ts';
import { broken, cannotTell, kept, remark } from '../evidence.ts';
import { matchesGlob } from '../glob.ts';
import { dependabotNames, foldersFinding, holdsAny, manifestsOf } from '../manifests.ts';
import { excerpt } from '../../model/text.ts';
import type { IgnoreCondition, UpdateEntry } from './read-dependabot.ts';
import type { Manifest } from '../manifests.ts';
import type { Evidence, PromiseFacts } from '../../model/promise.ts';

/** What the entries of `file` say about updates being automated: for each manifest, then for each entry that does nothing. */
export function judgeCoverage(
  file: string,
  entries: readonly UpdateEntry[],
  facts: Pick<PromiseFacts, 'targets' | 'setAside' | 'paths'>,
): readonly Evidence[] {
  const manifests = manifestsOf(facts);
  return [
    ...manifests.flatMap((manifest) => judgeManifest(file, manifest, entries)),
    ...entries.flatMap((entry) => [...findIdle(file, entry, facts.paths), ...findContradictions(file, entry)]),
    ...(manifests.length === 0
      ? [remark(`no npm or Python manifest was found that ${file} could miss`, { file })]
      : []),
  ];
}

/** What of the entries holds back security updates, too: an entry is not needed for them, and a limit does not count them. */
export function findHeldBack(
  file: string,
  entries: readonly UpdateEntry[],
  facts: Pick<PromiseFacts, 'targets' | 'setAside'>,
): readonly Evidence[] {
  return manifestsOf(facts).flatMap((manifest) =>
    entriesFor(manifest, entries).flatMap((entry) => {
      const what = `${entry.ecosystem} in ${excerpt(describeFolder(manifest.path))}`;
      return findIgnored(file, entry, what, isAboutSecurity);
    }),
  );
}

/** The entries that update a manifest. */
export function entriesFor(manifest: Manifest, entries: readonly UpdateEntry[]): readonly UpdateEntry[] {
  const wanted = dependabotNames(manifest);
  const folders = foldersFinding(manifest);
  return entries.filter(
    (entry) =>
      wanted.includes(entry.ecosystem) &&
      entry.folders.some((pattern) => folders.some((folder) => matchesGlob(pattern, folder) === true)) &&
      !excludes(entry, manifest),
  );
}

function excludes({ excludes: patterns }: UpdateEntry, { path, sources }: Manifest): boolean {
  const files = sources.map((source) => source.path);
  return patterns.some((pattern) => [path, ...files].every((each) => matchesGlob(pattern, each) === true));
}

function judgeManifest(file: string, manifest: Manifest, entries: readonly UpdateEntry[]): readonly Evidence[] {
  const [name = 'npm'] = dependabotNames(manifest);
  const where = describeFolder(manifest.path);
  const covering = entriesFor(manifest, entries);
  if (covering.length === 0) {
    const mend = `Add an entry to ${file}: package-ecosystem ${name}, directory ${where}.`;
    return [broken(`${file} has no entry for ${name} in ${excerpt(where)}`, mend, { file })];
  }
  return covering.flatMap((entry) => {
    const blocks = findBlocks(file, entry, `${entry.ecosystem} in ${excerpt(where)}`);
    const covered = `${entry.ecosystem} in ${excerpt(where)} is updated ${rhythmOf(entry)}`;
    return blocks.some(({ says }) => says === 'broken')
      ? blocks
      : [kept(covered, { file, line: entry.lineOf() }), ...blocks];
  });
}

/** `daily`, or the cron line as written. */
export function rhythmOf({ schedule: { interval, cronjob } }: UpdateEntry): string {
  return interval === 'cron' ? `by the cron line "${excerpt(cronjob ?? '')}"` : interval;
}

/** What keeps an entry from updating anything, or some things. */
function findBlocks(file: string, entry: UpdateEntry, what: string): readonly Evidence[] {
  const zero =
    entry.limit === 0
      ? [
          broken(
            `open-pull-requests-limit is 0 for ${what}, which switches its version updates off`,
            'Set open-pull-requests-limit to 5 or more.',
            { file, line: entry.lineOf('open-pull-requests-limit') },
          ),
        ]
      : [];
  const some =
    entry.allows.length > 0
      ? [
          cannotTell(
            'unclear',
            `allow names ${excerpt(entry.allows.join(', '))} for ${what}, and nothing else is updated`,
            'Say in SECURITY.md which dependencies are updated, or allow all.',
            { file, line: entry.lineOf('allow') },
          ),
        ]
      : [];
  return [...zero, ...some, ...findIgnored(file, entry, what)];
}

function findIgnored(
  file: string,
  entry: UpdateEntry,
  what: string,
  counts: (condition: IgnoreCondition) => boolean = () => true,
): readonly Evidence[] {
  return entry.ignore.flatMap((condition, index) =>
    counts(condition) ? judgeIgnore(condition, what, { file, line: entry.lineOf('ignore', index) }) : [],
  );
}

function isAboutSecurity({ versions, 'update-types': types }: IgnoreCondition): boolean {
  return types === undefined || versions !== undefined;
}

const ALL_TYPES = ['version-update:semver-major', 'version-update:semver-minor', 'version-update:semver-patch'];

/** Ignoring kinds of updates holds back version updates only; ignoring names or versions holds back security updates too. */
function judgeIgnore(
  condition: IgnoreCondition,
  what: string,
  place: { readonly file: string; readonly line: number },
): readonly Evidence[] {
  const { 'dependency-name': name = '*', versions, 'update-types': types } = condition;
  const everything = name === '*';
  if (types !== undefined && versions === undefined) {
    const all = ALL_TYPES.every((type) => types.includes(type));
    if (!everything || !all) return [];
    return [broken(`every kind of update is ignored for ${what}`, 'Ignore fewer kinds of updates.', place)];
  }
  const mend = 'Ignore update-types instead: that leaves security updates alone.';
  const anyVersion =
    versions === undefined || versions.some((version) => /^\s*(?:\*|>=?\s*0(?:\.0)*)\s*$/.test(version));
  if (everything && anyVersion)
    return [broken(`all dependencies are ignored for ${what}, security updates too`, mend, place)];
  const which = everything ? `versions ${(versions ?? []).join(', ')} of all dependencies` : name;
  return [remark(`${excerpt(which)} is ignored for ${what}, and its security updates with it`, place)];
}

/** Whether an entry has nothing to update in any of its folders; unknown ecosystems are taken at their word. */
export function isIdle({ ecosystem, folders }: UpdateEntry, paths: readonly string[]): boolean {
  return folders.every((folder) => !folder.includes('*') && holdsAny(ecosystem, folder, paths) === false);
}

function findIdle(file: string, entry: UpdateEntry, paths: readonly string[]): readonly Evidence[] {
  const { ecosystem, folders } = entry;
  const dead = folders.filter((folder) => !folder.includes('*') && holdsAny(ecosystem, folder, paths) === false);
  return dead.map((folder) => {
    const gone = folder !== '.' && !paths.some((path) => path.startsWith(`${folder}/`));
    const where = excerpt(describeFolder(folder));
    const why = gone ? `${where} does not exist` : `${where} holds no such manifest`;
    return remark(`the entry for ${excerpt(ecosystem)} updates nothing: ${why}`, { file, line: entry.lineOf() });
  });
}

function findContradictions(file: string, entry: UpdateEntry): readonly Evidence[] {
  const { interval, day, cronjob } = entry.schedule;
  return [
    ...(day !== undefined && interval !== 'weekly'
      ? [
          remark(`day: ${day} means nothing with interval: ${interval}; it is read for weekly alone`, {
            file,
            line: entry.lineOf('schedule', 'day'),
          }),
        ]
      : []),
    ...(cronjob !== undefined && interval !== 'cron'
      ? [
          remark(`cronjob means nothing with interval: ${interval}`, {
            file,
            line: entry.lineOf('schedule', 'cronjob'),
          }),
        ]
      : []),
  ];
}
