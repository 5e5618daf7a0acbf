/** Follows a script through its folders and finds the scanners it runs, and whether their failure fails the script. */
import { joinPath, parentFolder } from '../../model/path.ts';
import { splitScript, type ShellCommand } from './shell.ts';
import { readScanCommand, type Scanner, type ScanCommand } from './scanners.ts';
import { filesBehind } from './errands.ts';
import type { Errand, Lead, ScanStep } from './scan-step.ts';

export interface ScriptFacts {
  /** Where it starts, relative to the repository; `null` when that cannot be read. */
  readonly folder: string | null;
  /** Whether a failure anywhere in a pipe fails the command. */
  readonly pipefail: boolean;
}

/** One run of a scanner in a script. `line` is 0-based within the script. */
export interface ScriptScan extends Pick<ScanStep, 'scanner' | 'folders' | 'silenced' | 'unsure' | 'level'> {
  readonly line: number;
}

export interface ScriptReading {
  readonly scans: readonly ScriptScan[];
  /** Folders whose requirements the script installs. */
  readonly installed: readonly string[];
  readonly leads: readonly Omit<Lead, 'file'>[];
  readonly errands: readonly Omit<Errand, 'file'>[];
}

/** A script that is stopped by the first failure, as CI services run them. */
export function readScript(script: string, { folder, pipefail }: ScriptFacts): ScriptReading {
  const commands = splitScript(script);
  const state: State = { folders: [folder], stops: true, pipefail };
  const scans: ScriptScan[] = [];
  const installed: string[] = [];
  const leads: Omit<Lead, 'file'>[] = [];
  const errands: Omit<Errand, 'file'>[] = [];
  for (const [index, command] of commands.entries()) {
    while (state.folders.length > command.depth + 1) state.folders.pop();
    while (state.folders.length < command.depth + 1) state.folders.push(state.folders.at(-1) ?? null);
    const at = state.folders.at(-1) ?? null;
    followState(command, state);
    installed.push(...installedBy(command.words, at));
    const found = readScanCommand(command.words);
    const behind = filesBehind(command.words, at);
    if (found !== null) scans.push(toScan(found, command, commands.slice(index + 1), at, state));
    else if (isLead(command.words)) leads.push({ line: command.line, command: command.words.join(' ') });
    else if (behind.length > 0) errands.push({ line: command.line, command: command.words.join(' '), behind });
    else scans.push(...hiddenScans(command, at));
  }
  return { scans, installed, leads, errands };
}

interface State {
  /** One for each sub-shell, innermost last. */
  readonly folders: (string | null)[];
  stops: boolean;
  pipefail: boolean;
}

function followState({ words }: ShellCommand, state: State): void {
  const [program, ...args] = words;
  if (program === 'cd' || program === 'pushd') {
    const target = args.find((arg) => !arg.startsWith('-')) ?? '';
    state.folders[state.folders.length - 1] = resolveFolder(state.folders.at(-1) ?? null, target);
  }
  if (program !== 'set') return;
  if (args.some((arg) => /^\+\w*e/.test(arg))) state.stops = false;
  if (args.some((arg) => /^-\w*e/.test(arg))) state.stops = true;
  if (args.includes('pipefail')) state.pipefail = !args.some((arg) => arg.startsWith('+'));
}

/** `null` for a folder that a variable decides, or that leaves the repository. */
export function resolveFolder(from: string | null, target: string): string | null {
  const path = target.replace(/^\$\{\{\s*github\.workspace\s*\}\}\/?|^\$(?:GITHUB_WORKSPACE|CI_PROJECT_DIR)\/?/, '/');
  if (/[$`*?~]/.test(path)) return null;
  const absolute = path.startsWith('/') && path !== target;
  if (path.startsWith('/') && !absolute) return null;
  let at = absolute ? '.' : from;
  for (const segment of path.split('/')) {
    if (at === null || (segment === '..' && at === '.')) return null;
    if (segment === '..') at = parentFolder(at);
    else if (segment !== '' && segment !== '.') at = joinPath(at, segment);
  }
  return at;
}

function toScan(
  { scanner, args }: ScanCommand,
  command: ShellCommand,
  after: readonly ShellCommand[],
  at: string | null,
  state: State,
): ScriptScan {
  const level = levelOf(args);
  const silenced = level === 'none' ? '--audit-level=none lets everything pass' : whySilent(command, after, state);
  return {
    scanner,
    line: command.line,
    folders: foldersOf(scanner, args, at),
    silenced,
    unsure: null,
    ...(level === null || level === 'none' ? {} : { level }),
  };
}

function whySilent({ joint }: ShellCommand, after: readonly ShellCommand[], state: State): string | null {
  const [next] = after;
  if (joint === 'or') return fails(next) ? null : `its failure is caught by "|| ${next?.words.join(' ') ?? ''}"`;
  if (joint === 'pipe' && !state.pipefail) return 'its failure is lost in a pipe without pipefail';
  return state.stops || after.length === 0 ? null : 'set +e lets the script go on after its failure';
}

function fails(command: ShellCommand | undefined): boolean {
  const [program, argument] = command?.words ?? [];
  return program === 'false' || ((program === 'exit' || program === 'return') && argument !== '0');
}

/** A scanner inside an `if`, a negation or a substitution: what becomes of its result is the script's affair. */
function hiddenScans({ words, line }: ShellCommand, at: string | null): readonly ScriptScan[] {
  const [first = ''] = words;
  const nested = /^(?:if|elif|while|until|!|then|else|do|\{)$/.test(first) ? words.slice(1) : substituted(words);
  const found = nested.length === 0 ? null : readScanCommand(nested.filter((word) => word !== '!'));
  if (found === null) return [];
  const plain = /^(?:then|else|do|\{)$/.test(first);
  const unsure = plain ? 'it runs only if a condition holds' : 'the script itself decides what its result means';
  return [{ scanner: found.scanner, line, folders: foldersOf(found.scanner, found.args, at), silenced: null, unsure }];
}

function substituted(words: readonly string[]): readonly string[] {
  const text = /(?:\$\(|`)([^)`]+)/.exec(words.join(' '))?.[1];
  return text === undefined ? [] : text.trim().split(/\s+/);
}

const LEVELS = {
  low: 'low',
  info: 'low',
  moderate: 'moderate',
  medium: 'moderate',
  high: 'high',
  critical: 'critical',
  none: 'none',
} as const;

function levelOf(args: readonly string[]): (typeof LEVELS)[keyof typeof LEVELS] | null {
  const stated = optionOf(args, ['--audit-level', '--level', '--severity-threshold', '--severity']);
  const word = stated?.toLowerCase() ?? '';
  return Object.hasOwn(LEVELS, word) ? LEVELS[word as keyof typeof LEVELS] : null;
}

function foldersOf(
  { name, ecosystems }: Scanner,
  args: readonly string[],
  at: string | null,
): readonly string[] | null {
  if (at === null) return null;
  if (ecosystems.includes('PyPI') && name === 'pip-audit') {
    const files = optionsOf(args, ['-r', '--requirement']);
    const places = files.length > 0 ? files.map((file) => parentOf(resolveFolder(at, file))) : projectOf(args, at);
    return places.includes(null) ? null : places.filter((place) => place !== null);
  }
  const prefix = optionOf(args, ['--prefix', '-C', '--dir', '--cwd']);
  const place = prefix === undefined ? at : resolveFolder(at, prefix);
  return place === null ? null : [place];
}

function parentOf(path: string | null): string | null {
  return path === null ? null : parentFolder(path);
}

/** A folder given as the last word is the project that is looked at. */
function projectOf(args: readonly string[], at: string): readonly (string | null)[] {
  const last = args.at(-1) ?? '';
  const before = args.at(-2) ?? '';
  const isFolder = /^[\w.][\w./-]*$/.test(last) && !before.startsWith('-');
  return [isFolder ? resolveFolder(at, last) : at];
}

function installedBy(words: readonly string[], at: string | null): readonly string[] {
  const pip = words.findIndex((word) => /(?:^|\/)(?:pip3?|uv)$/.test(word));
  if (pip === -1 || !words.includes('install')) return [];
  const files = optionsOf(words.slice(pip), ['-r', '--requirement']);
  const editable = words.some((word) => /^\.(?:\[.*\])?$/.test(word)) ? [at] : [];
  const folders = [...files.map((file) => parentOf(resolveFolder(at, file))), ...editable];
  return folders.filter((folder) => folder !== null);
}

function optionOf(args: readonly string[], names: readonly string[]): string | undefined {
  return optionsOf(args, names)[0];
}

function optionsOf(args: readonly string[], names: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (names.includes(arg)) return [args[index + 1] ?? ''];
    const name = names.find((each) => each.startsWith('--') && arg.startsWith(`${each}=`));
    return name === undefined ? [] : [arg.slice(name.length + 1)];
  });
}

/** `npm run audit`, `make security-scan`, `./scripts/scan.sh`: what they do stands elsewhere. */
function isLead(words: readonly string[]): boolean {
  const [program = '', ...args] = words;
  const runs =
    /^(?:npm|pnpm|yarn|bun|make|just|task|nox|tox|invoke)$/.test(program) || /^\.{0,2}\/|\.sh$/.test(program);
  const script = /^(?:bash|sh)$/.test(program) && /\.sh$/.test(args[0] ?? '');
  return (runs || script) && words.some((word) => /audit|scan|secur|vuln/i.test(word)) && !args.includes('fix');
}
