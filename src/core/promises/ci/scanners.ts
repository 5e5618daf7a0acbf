/** The scanners fixby knows: how sentences name them, how scripts and workflows run them, and what they look at. */
import type { Ecosystem } from '../../model/ecosystem.ts';

export interface Scanner {
  readonly name: string;
  /** How a sentence names it. */
  readonly mention: RegExp;
  /** The packages whose advisories it looks up; empty for one that looks at code or secrets. */
  readonly ecosystems: readonly Ecosystem[];
  /** Whether it looks into the folders below its own, too. */
  readonly recursive: boolean;
  /** The beginnings of commands that run it, without what wraps them; `not` are sub-commands that look at nothing. */
  readonly commands: readonly { readonly words: readonly string[]; readonly not?: readonly string[] }[];
  /** Actions of GitHub that run it, by `owner/name` or the folder within. */
  readonly actions: readonly string[];
}

const BOTH: readonly Ecosystem[] = ['npm', 'PyPI'];

function scanner(
  name: string,
  mention: RegExp,
  ecosystems: readonly Ecosystem[],
  commands: readonly (readonly string[])[],
  actions: readonly string[] = [],
  more: { readonly recursive?: boolean; readonly not?: readonly string[] } = {},
): Scanner {
  const { recursive = false, not } = more;
  return {
    name,
    mention,
    ecosystems,
    recursive,
    actions,
    commands: commands.map((words) => ({ words, ...(not === undefined ? {} : { not }) })),
  };
}

export const SCANNERS: readonly Scanner[] = [
  scanner('npm audit', /\bnpm audit\b/i, ['npm'], [['npm', 'audit']], [], { not: ['fix', 'signatures'] }),
  scanner('pnpm audit', /\bpnpm audit\b/i, ['npm'], [['pnpm', 'audit']]),
  scanner(
    'yarn audit',
    /\byarn (?:npm )?audit\b/i,
    ['npm'],
    [
      ['yarn', 'audit'],
      ['yarn', 'npm', 'audit'],
    ],
  ),
  scanner('audit-ci', /\baudit-ci\b/i, ['npm'], [['audit-ci']]),
  scanner(
    'pip-audit',
    /\bpip[-_]audit\b/i,
    ['PyPI'],
    [['pip-audit'], ['pip_audit']],
    ['pypa/gh-action-pip-audit', 'trailofbits/gh-action-pip-audit'],
  ),
  scanner('uv audit', /\buv audit\b/i, ['PyPI'], [['uv', 'audit']]),
  scanner(
    'Safety',
    /\bsafety (?:check|scan)\b|\bpyup safety\b/i,
    ['PyPI'],
    [
      ['safety', 'check'],
      ['safety', 'scan'],
    ],
    ['pyupio/safety-action'],
  ),
  scanner(
    'OSV-Scanner',
    /\bosv[- ]scanner\b/i,
    BOTH,
    [['osv-scanner']],
    ['google/osv-scanner-action', 'google/osv-scanner'],
    { recursive: true },
  ),
  scanner(
    'Trivy',
    /\btrivy\b/i,
    BOTH,
    [
      ['trivy', 'fs'],
      ['trivy', 'filesystem'],
      ['trivy', 'repo'],
    ],
    ['aquasecurity/trivy-action'],
    { recursive: true },
  ),
  scanner('Grype', /\bgrype\b/i, BOTH, [['grype']], ['anchore/scan-action'], { recursive: true }),
  scanner('Snyk', /\bsnyk\b/i, BOTH, [['snyk', 'test']], ['snyk/actions']),
  scanner('dependency review', /\bdependency[- ]review\b/i, BOTH, [], ['actions/dependency-review-action'], {
    recursive: true,
  }),
  scanner(
    'fixby',
    /\bfixby (?:audit|gate)\b/i,
    BOTH,
    [
      ['fixby', 'audit'],
      ['fixby', 'gate'],
    ],
    [],
    { recursive: true },
  ),
  scanner('GitLab dependency scanning', /\bgitlab\b.{0,20}\bdependency[- ]scanning\b/i, BOTH, [], [], {
    recursive: true,
  }),
  scanner('CodeQL', /\bcodeql\b/i, [], [['codeql', 'database', 'analyze']], ['github/codeql-action/analyze']),
  scanner('Bandit', /\bbandit\b/i, [], [['bandit']], ['pycqa/bandit-action']),
  scanner('Semgrep', /\bsemgrep\b/i, [], [['semgrep']], ['returntocorp/semgrep-action', 'semgrep/semgrep-action']),
  scanner('Gitleaks', /\bgitleaks\b/i, [], [['gitleaks']], ['gitleaks/gitleaks-action']),
  scanner('TruffleHog', /\btrufflehog\b/i, [], [['trufflehog']], ['trufflesecurity/trufflehog']),
];

/** The scanners a text names. */
export function scannersIn(text: string): readonly Scanner[] {
  return SCANNERS.filter(({ mention }) => mention.test(text));
}

/** A scanner as a command runs it, with the rest of its words. */
export interface ScanCommand {
  readonly scanner: Scanner;
  readonly args: readonly string[];
}

const WRAPPERS: readonly (readonly string[])[] = [
  ['sudo'],
  ['time'],
  ['command'],
  ['exec'],
  ['env'],
  ['npx'],
  ['bunx'],
  ['uvx'],
  ['pnpm', 'dlx'],
  ['pnpm', 'exec'],
  ['npm', 'exec'],
  ['uv', 'run'],
  ['uv', 'tool', 'run'],
  ['pipx', 'run'],
  ['poetry', 'run'],
  ['pdm', 'run'],
  ['pipenv', 'run'],
  ['hatch', 'run'],
  ['python', '-m'],
  ['python3', '-m'],
  ['py', '-m'],
];

/** The scanner that `words` run; `null` when they run none. */
export function readScanCommand(words: readonly string[]): ScanCommand | null {
  const bare = unwrap(words);
  for (const scanner of SCANNERS) {
    for (const { words: start, not = [] } of scanner.commands) {
      const args = startsWith(bare, start) ? bare.slice(start.length) : null;
      if (args !== null && !not.includes(args.find((arg) => !arg.startsWith('-')) ?? '')) return { scanner, args };
    }
  }
  return null;
}

/** Without variables set for the command, wrappers and their options. */
function unwrap(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let turns = 0; turns < 8; turns += 1) {
    const assigned = rest.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
    rest = rest.slice(assigned === -1 ? rest.length : assigned);
    const wrapper = WRAPPERS.find((each) => startsWith(rest, each));
    if (wrapper === undefined) break;
    rest = rest.slice(wrapper.length);
    while (/^--?[A-Za-z]/.test(rest[0] ?? '')) rest = rest.slice(1);
  }
  const [program = '', ...args] = rest;
  const name = program.slice(program.lastIndexOf('/') + 1);
  return /^(?:npm|pnpm|yarn)$/.test(name) ? [name, ...subcommandFirst(args)] : [name, ...args];
}

/** `npm --prefix web audit` is `npm audit --prefix web`. */
function subcommandFirst(args: readonly string[]): readonly string[] {
  const at = args.findIndex(
    (arg, index) => !arg.startsWith('-') && !/^(?:--prefix|-C|--dir|--cwd)$/.test(args[index - 1] ?? ''),
  );
  return at <= 0 ? args : [...args.slice(at), ...args.slice(0, at)];
}

function startsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.every((word, index) => words[index] === word);
}

/** The scanner an action runs; `uses` is `owner/name[/folder]@ref`. */
export function scannerOfAction(uses: string): Scanner | null {
  const [path = ''] = uses.toLowerCase().split('@');
  return (
    SCANNERS.find(({ actions }) => actions.some((action) => path === action || path.startsWith(`${action}/`))) ?? null
  );
}
