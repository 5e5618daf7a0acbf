/** The promise that secrets stay out of the repository: ignored, not tracked, and not real in the examples. */
import { joinPath, parentFolder } from '../model/path.ts';
import { askGit, readFiles } from '../model/program.ts';
import { excerpt } from '../model/text.ts';
import { broken, cannotTell, kept, remark, withoutCheckout } from './evidence.ts';
import { manifestsOf } from './manifests.ts';
import { holdsToken, isEnvironment, isExample, isKeyFile, isMadeUpPlace, realValues } from './secret-files.ts';
import { isStatement } from './wording.ts';
import type { FileRead } from '../model/file.ts';
import type { PastPath } from '../model/git-question.ts';
import type { Program } from '../model/program.ts';
import type { CheckoutFacts, Claim, Evidence, Passage, PromiseFacts, PromiseKind } from '../model/promise.ts';

export const secretsKeptOut: PromiseKind = {
  name: 'secrets-kept-out',
  title: 'Secrets are not in the repository',
  find: (passages) => passages.filter(isStatement).flatMap(claimOf),
};

const KEPT_OUT =
  /\b(?:never|not|don't|do not|must not|avoid|without) (?:be )?(?:commit|check(?:ed|ing)? in|push|track|stor(?:e|ed) in (?:the )?(?:repo|git))|\b(?:git-?ignored?|\.gitignore|ignored by git|untracked|kept out of (?:git|version control|the repo|source control)|excluded from (?:git|version control|the repo|source control))\b|\bno (?:secrets?|credentials?|api keys?|tokens?) (?:are |is )?(?:ever )?(?:committed|stored|checked in|in (?:the|this) repo)/i;
const SUBJECT = /\.env\b|\b(?:secrets?|credentials?|api[- ]?keys?|private keys?|tokens?|passwords?|certificates?)\b/i;

function claimOf(passage: Passage): readonly Claim[] {
  const { text, codes } = passage;
  if (!KEPT_OUT.test(text) || !SUBJECT.test(text)) return [];
  const named = codes.filter((code) => isFileName(code));
  const environment = /\.env\b/.test(text);
  const what = named.length > 0 ? named.join(', ') : environment ? '.env' : 'secrets';
  return [
    {
      passage,
      promise: `${what} stay${what === 'secrets' ? '' : 's'} out of the repository`,
      check: (facts) => check(named, environment, facts),
    },
  ];
}

function isFileName(code: string): boolean {
  return (
    /^[\w.*/-]{2,80}$/.test(code) && code !== '.gitignore' && /^\.env|\.(?:pem|key|json|ya?ml|p12|pfx)$|\/$/.test(code)
  );
}

function* check(named: readonly string[], environment: boolean, facts: PromiseFacts): Program<readonly Evidence[]> {
  if (facts.checkout === null) return [withoutCheckout(facts)];
  return [
    ...(yield* checkIgnored(named, environment, facts)),
    ...(yield* checkTracked(facts.checkout.tracked, environment)),
    ...(yield* checkExamples(facts.paths)),
    ...checkPast(facts, facts.checkout),
  ];
}

interface WantedPath {
  readonly path: string;
  /** Whether the promise is broken while git does not ignore it: it is named, or an example shows that it is in use. */
  readonly needed: boolean;
}

/** Where an environment file would be put (at the top, beside every manifest and every example), and what is named beside it. */
function wantedPaths(named: readonly string[], environment: boolean, facts: PromiseFacts): readonly WantedPath[] {
  const examples = facts.paths.filter(isExample).map(parentFolder);
  const folders = new Set(['.', ...manifestsOf(facts).map(({ path }) => path), ...examples]);
  const files = [...folders].sort().map((folder) => joinPath(folder, '.env'));
  const others = named.filter((name) => name !== '.env').map(toSamplePath);
  const needed = environment || examples.length > 0;
  return [
    ...files.map((path) => ({ path, needed })),
    ...[...new Set(others)].map((path) => ({ path, needed: true })),
  ].slice(0, MOST_FILES);
}

/** A path that a pattern means: `*.pem` means `x.pem`, `secrets/` means `secrets/x`. */
function toSamplePath(name: string): string {
  return name
    .replace(/^\/|\*\*\//g, '')
    .replaceAll('*', 'x')
    .replace(/\/$/, '/x');
}

function* checkIgnored(
  named: readonly string[],
  environment: boolean,
  facts: PromiseFacts,
): Program<readonly Evidence[]> {
  const wanted = wantedPaths(named, environment, facts);
  const reply = yield* askGit({ about: 'ignored', paths: wanted.map(({ path }) => path) });
  if (reply.about === 'unknown') {
    const text = `git does not say what it ignores: ${excerpt(reply.detail)}`;
    return [cannotTell('no-evidence', text, 'Check the repository with git status.')];
  }
  const open = wanted.filter(({ needed }, index) => needed && (reply.rules[index] ?? null) === null);
  const rules = new Map(
    reply.rules.flatMap((rule) => (rule === null ? [] : [[`${rule.file}:${rule.line}`, rule] as const])),
  );
  return [
    ...open.map(({ path }) => broken(`git does not ignore ${excerpt(path)}`, `Add ${excerpt(path)} to .gitignore.`)),
    ...[...rules.values()].map(({ file, line, pattern }) => kept(`git ignores "${excerpt(pattern)}"`, { file, line })),
  ];
}

const MOST_FILES = 500;

function* checkTracked(tracked: readonly string[], environment: boolean): Program<readonly Evidence[]> {
  const suspects = tracked.filter((path) => isEnvironment(path) || isKeyFile(path));
  if (suspects.length === 0)
    return [kept('git tracks no file that bears the name of an environment, key or credential file')];
  const files = yield* readFiles(suspects.slice(0, MOST_FILES));
  const left =
    suspects.length > MOST_FILES
      ? [
          cannotTell(
            'no-evidence',
            `only ${MOST_FILES} of ${suspects.length} suspects were read`,
            'Look at the others.',
          ),
        ]
      : [];
  return [...files.map((file) => judgeTracked(file, environment)), ...left];
}

function judgeTracked(file: FileRead, environment: boolean): Evidence {
  const { path } = file;
  const name = excerpt(path);
  const mend = `Take it out with \`git rm --cached ${name}\`, and change the secret: it stays in the history.`;
  if (environment && /(?:^|\/)\.env$/.test(path)) return broken(`git tracks ${name}`, mend, { file: path });
  if (file.status !== 'ok' || file.encoding === 'lossy')
    return cannotTell(
      'for-a-person',
      `git tracks ${name}, which cannot be read as text`,
      `Say what ${name} is, or take it out.`,
      { file: path },
    );
  const [value] = isEnvironment(path) ? realValues(file.text) : [];
  if (value !== undefined)
    return broken(`git tracks ${name}, in which ${value.name} looks real`, mend, { file: path, line: value.line });
  if (!holdsToken(file.text)) return remark(`git tracks ${name}, which holds nothing that looks real`, { file: path });
  if (isMadeUpPlace(path))
    return cannotTell(
      'for-a-person',
      `git tracks ${name}, which holds a key; it may be made up`,
      `Say in .fixby/attestations.yaml that it is.`,
      { file: path },
    );
  return broken(`git tracks ${name}, which holds a key`, mend, { file: path });
}

function* checkExamples(paths: readonly string[]): Program<readonly Evidence[]> {
  const files = yield* readFiles(paths.filter(isExample).slice(0, MOST_FILES));
  return files.flatMap((file) => {
    if (file.status !== 'ok')
      return [
        cannotTell(
          'unreadable',
          `${excerpt(file.path)} cannot be read: ${excerpt(file.detail)}`,
          'Make it a plain file.',
          { file: file.path },
        ),
      ];
    const real = realValues(file.text);
    if (real.length === 0) return [kept(`${excerpt(file.path)} holds no value that looks real`, { file: file.path })];
    return real.map(({ name, line }) =>
      broken(`${name} in ${excerpt(file.path)} looks real`, `Replace it with a placeholder, and change the secret.`, {
        file: file.path,
        line,
      }),
    );
  });
}

/** History is searched only when asked for; what it holds cannot be taken back, so it breaks the promise for good. */
function checkPast({ pastSecrets }: PromiseFacts, { shallow }: CheckoutFacts): readonly Evidence[] {
  if (pastSecrets === undefined) return [];
  if (pastSecrets === null)
    return [cannotTell('no-evidence', 'the history cannot be searched', 'Run it in a full clone.')];
  const suspects = pastSecrets.filter(({ path }) => !isMadeUpPlace(path));
  const found = suspects.slice(0, MOST_FILES).map(judgeAdded);
  if (shallow) return [...found, cutOff()];
  return suspects.length === 0 ? [kept('no commit ever added an environment, key or credential file')] : found;
}

function judgeAdded({ path, commit, at }: PastPath): Evidence {
  const text = `${excerpt(path)} was added ${at === null ? 'on a day its commit does not state' : `on ${at.slice(0, 10)}`}`;
  const mend = 'Change what it held, and record that in .fixby/attestations.yaml.';
  return isEnvironment(path) && /(?:^|\/)\.env$/.test(path)
    ? broken(text, mend, { commit })
    : cannotTell('for-a-person', text, mend, { commit });
}

function cutOff(): Evidence {
  const text = 'the clone is shallow, so what older commits added is not known';
  return cannotTell('no-evidence', text, 'Run `git fetch --unshallow` (in CI: fetch-depth: 0), and then this again.');
}
