/** Knows the files of ecosystems that no auditor covers, so that a report says of what nobody looked at. */
import type { FileEntry } from '../model/file.ts';
import { byText, sortedUnique } from '../model/order.ts';
import { baseName, foldersAbove, parentFolder } from '../model/path.ts';
import { NOT_COVERED, type Problem } from '../model/problem.ts';
import { visible } from '../model/text.ts';
import { groupBy } from '../model/group-by.ts';

interface Uncovered {
  /** What its users call it. */
  readonly name: string;
  /** Files that name everything that is installed; `*` stands for any beginning. */
  readonly locks: readonly string[];
  /** Files that state packages, or that lead a project whose lower folders do. */
  readonly manifests: readonly string[];
  /** A tool that audits it. */
  readonly tool: string;
}

const OSV_SCANNER = 'osv-scanner';

const UNCOVERED: readonly Uncovered[] = [
  { name: 'Go', locks: ['go.sum'], manifests: ['go.mod', 'go.work'], tool: 'govulncheck' },
  { name: 'Ruby', locks: ['Gemfile.lock', 'gems.locked'], manifests: ['Gemfile', 'gems.rb'], tool: 'bundler-audit' },
  { name: 'Rust', locks: ['Cargo.lock'], manifests: ['Cargo.toml'], tool: 'cargo audit' },
  { name: 'PHP', locks: ['composer.lock'], manifests: ['composer.json'], tool: 'composer audit' },
  { name: 'Maven', locks: [], manifests: ['pom.xml'], tool: OSV_SCANNER },
  {
    name: 'Gradle',
    locks: ['gradle.lockfile'],
    manifests: ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'],
    tool: OSV_SCANNER,
  },
  { name: 'sbt', locks: [], manifests: ['build.sbt'], tool: OSV_SCANNER },
  {
    name: '.NET',
    locks: ['packages.lock.json'],
    manifests: ['packages.config', 'Directory.Packages.props', '*.csproj', '*.fsproj', '*.vbproj'],
    tool: '`dotnet list package --vulnerable`',
  },
  { name: 'Elixir', locks: ['mix.lock'], manifests: ['mix.exs'], tool: 'mix_audit' },
  { name: 'Erlang', locks: ['rebar.lock'], manifests: ['rebar.config'], tool: OSV_SCANNER },
  { name: 'Dart', locks: ['pubspec.lock'], manifests: ['pubspec.yaml'], tool: OSV_SCANNER },
  { name: 'Swift', locks: ['Package.resolved'], manifests: ['Package.swift'], tool: OSV_SCANNER },
  { name: 'CocoaPods', locks: ['Podfile.lock'], manifests: ['Podfile'], tool: OSV_SCANNER },
  {
    name: 'C and C++',
    locks: ['conan.lock'],
    manifests: ['conanfile.txt', 'conanfile.py', 'vcpkg.json'],
    tool: OSV_SCANNER,
  },
  {
    name: 'Haskell',
    locks: ['stack.yaml.lock', 'cabal.project.freeze'],
    manifests: ['stack.yaml', '*.cabal'],
    tool: OSV_SCANNER,
  },
  { name: 'R', locks: ['renv.lock'], manifests: [], tool: OSV_SCANNER },
  { name: 'Deno', locks: ['deno.lock'], manifests: ['deno.json', 'deno.jsonc'], tool: '`deno audit`' },
];

interface Known {
  readonly ecosystem: Uncovered;
  readonly isLock: boolean;
}

const KNOWN: readonly (readonly [string, Known])[] = UNCOVERED.flatMap((ecosystem) => [
  ...ecosystem.locks.map((name) => [name, { ecosystem, isLock: true }] as const),
  ...ecosystem.manifests.map((name) => [name, { ecosystem, isLock: false }] as const),
]);
const BY_NAME = new Map(KNOWN.filter(([name]) => !name.startsWith('*')));
const BY_EXTENSION = new Map(
  KNOWN.filter(([name]) => name.startsWith('*')).map(([name, known]) => [name.slice(1), known]),
);

/** Whether the file at `path` belongs to an ecosystem no auditor covers. */
export function isUncovered(path: string): boolean {
  return knownAs(path) !== null;
}

function knownAs(path: string): Known | null {
  const name = baseName(path);
  const known = BY_NAME.get(name);
  if (known !== undefined) return known;
  const dot = name.lastIndexOf('.');
  return dot > 0 ? (BY_EXTENSION.get(name.slice(dot)) ?? null) : null;
}

/** One problem an ecosystem, by name: in which folders it is stated. What is excluded, or is no file, is not spoken of. */
export function describeUncovered(entries: readonly FileEntry[]): readonly Problem[] {
  const files = entries.flatMap(({ path, kind, excludedBy }): readonly Stated[] => {
    const known = kind === 'file' && excludedBy === undefined ? knownAs(path) : null;
    return known === null ? [] : [{ ...known, path, folder: parentFolder(path) }];
  });
  return [...groupBy(files, ({ ecosystem }) => ecosystem.name).values()]
    .map(describeEcosystem)
    .sort((a, b) => byText(a.message, b.message));
}

interface Stated extends Known {
  readonly path: string;
  readonly folder: string;
}

const FOLDERS_NAMED = 20;
const FILES_NAMED = 5;

function describeEcosystem(files: readonly Stated[]): Problem {
  const [first] = files;
  if (first === undefined) throw new TypeError('an ecosystem is stated by no file');
  const { name, tool } = first.ecosystem;
  const folders = outermost(files).map((folder) => (folder === '.' ? 'the root folder' : visible(folder)));
  const names = sortedUnique(files.map(({ path }) => visible(baseName(path))));
  return {
    target: null,
    code: NOT_COVERED,
    message: `Nobody looked at ${name} in ${listSome(folders, FOLDERS_NAMED)}: no auditor reads ${listSome(names, FILES_NAMED)}.`,
    mend: `Audit it by other means, such as ${tool}; what \`exclude\` names is not spoken of.`,
    blocks: false,
  };
}

/** Folders with a lock, and those without that lie below no other: a manifest below is a member of what is named. */
function outermost(files: readonly Stated[]): readonly string[] {
  const all = new Set(files.map(({ folder }) => folder));
  const locked = new Set(files.filter(({ isLock }) => isLock).map(({ folder }) => folder));
  const isBelow = (folder: string): boolean => foldersAbove(folder).some((above) => all.has(above));
  return sortedUnique([...all].filter((folder) => locked.has(folder) || !isBelow(folder)));
}

function listSome(names: readonly string[], most: number): string {
  const shown = names.slice(0, most);
  const hidden = names.length - shown.length;
  if (hidden > 0) return `${shown.join(', ')} and ${hidden} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}` : shown.join('');
}
