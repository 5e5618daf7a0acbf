/** The man page fixby(1), made of the definitions. https://man7.org/linux/man-pages/man7/man-pages.7.html */
import { everyPage, type CommandPage, type OptionPage } from './command-pages.ts';

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'The rule of the command is kept, and everything there was to look at was looked at.'],
  ['1', 'The policy is broken, the gate is shut, or what was asked for was not done.'],
  ['2', 'A flag, the configuration or the policy cannot be used; nothing was audited.'],
  ['3', 'Nothing known breaks the rule, and something could not be looked at.'],
  ['70', 'A bug in fixby.'],
];

const VARIABLES: readonly (readonly [string, string])[] = [
  ['FIXBY_CACHE_DIR', 'Where answers of advisory sources and the managed tools are kept.'],
  ['FIXBY_LEDGER_URL', 'The PostgreSQL ledger to use instead of the configured one.'],
  ['NO_COLOR', 'Set to anything: no colours.'],
  ['HTTP_PROXY, HTTPS_PROXY, NO_PROXY', 'How sources are reached.'],
];

/** In the macros of man(7). */
export function manualPage(program: CommandPage): string {
  const commands = everyPage(program).slice(1);
  return [
    '.\\" Made from the code by `npm run docs`.',
    '.TH FIXBY 1 "" "fixby" "User Commands"',
    '.SH NAME',
    `fixby \\- ${escape('hold a repository to the update policy in its SECURITY.md')}`,
    '.SH SYNOPSIS',
    '.B fixby',
    '.I command',
    '[options] [dir]',
    '.SH DESCRIPTION',
    escape(program.description),
    '.SH COMMANDS',
    ...commands.flatMap(describePage),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, text]) => ['.TP', `.B ${code}`, escape(text)]),
    '.SH ENVIRONMENT',
    ...VARIABLES.flatMap(([name, text]) => ['.TP', `.B ${escape(name)}`, escape(text)]),
    '.SH FILES',
    ...FILES.flatMap(([name, text]) => ['.TP', `.I ${escape(name)}`, escape(text)]),
    '',
  ].join('\n');
}

const FILES: readonly (readonly [string, string])[] = [
  ['SECURITY.md', 'The policy.'],
  ['.fixby/config.yaml', 'The configuration.'],
  ['.fixby/exceptions.yaml', 'Accepted risks.'],
  ['.fixby/attestations.yaml', 'What people confirmed.'],
  ['.fixby/ledger.jsonl', 'The record of what was seen and when.'],
];

function describePage({ words, description, arguments: given, options, examples }: CommandPage): readonly string[] {
  const usage = ['fixby', ...words, ...given.map(({ shown }) => shown)].join(' ');
  return [
    `.SS ${escape(usage)}`,
    escape(`${description}.`),
    ...options.flatMap(describeOption),
    ...(examples.length === 0
      ? []
      : ['.PP', 'Examples:', '.nf', ...examples.map((each) => `    ${escape(each)}`), '.fi']),
  ];
}

function describeOption({ flags, description, choices, defaultValue }: OptionPage): readonly string[] {
  const notes = [
    ...(choices.length > 0 ? [`one of ${choices.join(', ')}`] : []),
    ...(defaultValue === undefined ? [] : [`default ${defaultValue}`]),
  ];
  return ['.TP', `.B ${escape(flags)}`, escape([description, ...notes].join('; '))];
}

/** Backslashes and hyphens as they are, and no line that begins with a control character. */
function escape(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
