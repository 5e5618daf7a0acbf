/** The promise that a package is gone: named by no lock and no manifest any more, and since when. */
import { normalizeName } from '../model/ecosystem.ts';
import { askGit, readFiles } from '../model/program.ts';
import { excerpt } from '../model/text.ts';
import { broken, cannotTell, kept } from './evidence.ts';
import { manifestsOf } from './manifests.ts';
import { isStatement } from './wording.ts';
import type { Program } from '../model/program.ts';
import type { Claim, Evidence, Passage, PromiseFacts, PromiseKind, StatedPackages } from '../model/promise.ts';

export const packagesRemoved: PromiseKind = {
  name: 'packages-removed',
  title: 'Packages are gone',
  find: (passages) => passages.filter(isStatement).flatMap(claimOf),
};

const REMOVED =
  /\b(?:removed|dropped|eliminated|uninstalled|replaced|purged|got rid of|no longer (?:uses?|depends? on|includes?|ships?))\b/i;
const SUBJECT = /\b(?:dependenc(?:y|ies)|packages?|librar(?:y|ies)|modules?)\b/i;
/** What a name is replaced with is not gone. */
const REPLACEMENT = /\b(?:with|by|in favou?r of|→)(?=\s|$)/i;

function claimOf(passage: Passage): readonly Claim[] {
  const { text, above } = passage;
  const at = REMOVED.exec(text);
  if (at === null || !(SUBJECT.test(text) || above.some((each) => SUBJECT.test(each)))) return [];
  const after = namesIn(text.slice(at.index + at[0].length), passage.codes, /replaced/i.test(at[0]));
  const names = after.length > 0 ? after : namesIn(subjectOf(passage, at.index), passage.codes, false);
  if (names.length === 0) return [];
  return [
    {
      passage,
      promise: `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} gone`,
      check: (facts) => check(names, facts),
    },
  ];
}

/** "`left-pad` was removed". */
function subjectOf({ text, unread }: Passage, verb: number): string {
  const before = text.slice(0, verb);
  const passive = /\b(?:was|were|been)\s+(?:\w+ )?$/i.test(before);
  // Of another language the little words are not kept, and the verb often comes last.
  return passive || unread !== undefined ? before : '';
}

const NAME = /^@?[a-z0-9][\w.-]*(?:\/[a-z0-9][\w.-]*)?$/i;
/** Words that stand where a name could, and are none. */
const WORDS = new Set([
  'all',
  'any',
  'the',
  'vulnerable',
  'unused',
  'legacy',
  'old',
  'deprecated',
  'insecure',
  'several',
  'some',
  'etc',
  'and',
  'or',
]);
const MOST_NAMES = 20;

function namesIn(after: string, codes: readonly string[], replaces: boolean): readonly string[] {
  const cut = replaces ? REPLACEMENT.exec(after)?.index : undefined;
  const gone = after.slice(0, cut);
  const inCode = codes.filter((code) => gone.includes(code));
  const listed = [...gone.matchAll(/\(([^()]*)\)/g)].flatMap(([, list = '']) => list.split(/,|;|\band\b|&/));
  const said = /^\s*(?:the\s+)?(\S+)\s+(?:dependenc|package|librar|module|from\b)/i.exec(gone)?.[1];
  const names = [...inCode, ...listed, ...(said === undefined ? [] : [said])]
    .map((name) =>
      name
        .trim()
        .replace(/(?:==|@(?=\d)|[<>=~^]).*$/, '')
        .trim(),
    )
    .filter((name) => NAME.test(name) && /[a-z]{2}/i.test(name) && !WORDS.has(name.toLowerCase()));
  return [...new Set(names)].slice(0, MOST_NAMES);
}

function* check(names: readonly string[], facts: PromiseFacts): Program<readonly Evidence[]> {
  const evidence: Evidence[] = [];
  for (const name of names) evidence.push(...(yield* checkName(name, facts)));
  return evidence;
}

function* checkName(name: string, facts: PromiseFacts): Program<readonly Evidence[]> {
  const naming = facts.stated().filter((stated) => versionsOf(name, stated).length > 0);
  const paths = manifestsOf(facts).flatMap(({ sources }) => sources.map(({ path }) => path));
  const files = yield* readFiles(paths);
  const texts = files.flatMap((file) => (file.status === 'ok' ? [file] : []));
  if (naming.length > 0) {
    return naming.map((stated) => {
      const versions = versionsOf(name, stated).join(', ');
      const line = lineOf(name, texts.find(({ path }) => path === stated.file)?.text ?? '');
      const place = line === null ? { file: stated.file } : { file: stated.file, line };
      return broken(
        `${name}${versions === '' ? '' : ` ${versions}`} is in ${excerpt(stated.file)}`,
        `Remove ${name}.`,
        place,
      );
    });
  }
  const complete = facts
    .stated()
    .filter((stated) => stated.complete)
    .map(({ file }) => file);
  const absent = complete.length === 0 ? [] : [kept(`${name} is in none of ${excerpt(complete.join(', '), 400)}`)];
  const mentioned = texts.some(({ text }) => lineOf(name, text) !== null);
  return [...absent, ...openQuestions(name, facts), ...(mentioned ? [] : yield* findCommit(name, paths))];
}

function versionsOf(name: string, { packages }: StatedPackages): readonly string[] {
  const wanted = new Set([name, normalizeName('PyPI', name)]);
  return packages.filter((each) => wanted.has(each.name)).map(({ version }) => version ?? '');
}

/** A folder without a lock installs what its wishes bring in, and no file says what that is. */
function openQuestions(name: string, facts: PromiseFacts): readonly Evidence[] {
  return manifestsOf(facts).flatMap(({ path, ecosystem, sources }) => {
    const known = facts.stated().filter((stated) => sources.some((source) => source.path === stated.file));
    const loose = known.filter(({ complete }) => !complete).map(({ file }) => file);
    if (known.length > 0 && loose.length === 0) return [];
    const mend = ecosystem === 'PyPI' ? 'Lock it, for example with uv lock or pip-compile.' : 'Commit a lock.';
    const text =
      known.length === 0
        ? `what ${excerpt(path)} installs is stated by no lock that is read here`
        : `${excerpt(loose.join(' and '))} ${loose.length === 1 ? 'does' : 'do'} not name ${name}, and no lock says what is brought in`;
    return [cannotTell('no-evidence', text, mend, { file: loose[0] ?? sources[0]?.path ?? path })];
  });
}

function* findCommit(name: string, paths: readonly string[]): Program<readonly Evidence[]> {
  const reply = yield* askGit({ about: 'mention', name, paths });
  if (reply.about === 'unknown' || reply.change === null) return [];
  const { commit, at } = reply.change;
  return [{ says: 'remark', text: `${name} went with commit ${commit.slice(0, 12)} on ${at.slice(0, 10)}`, commit }];
}

/** The first line that mentions a name standing alone, in any spelling; `null` when none does. */
function lineOf(name: string, text: string): number | null {
  const spelling = name.replace(/[^\w-]/g, (char) => `\\${char}`).replace(/[-_]|\\\./g, '[-_.]');
  const match = new RegExp(`(?<![\\w.-])${spelling}(?![\\w-])`, 'i').exec(text);
  return match === null ? null : text.slice(0, match.index).split('\n').length;
}
