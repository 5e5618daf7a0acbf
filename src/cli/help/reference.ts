/** The reference of the command line as Markdown (docs/reference/cli.md), made of the definitions. */
import { everyPage, type ArgumentPage, type CommandPage, type OptionPage } from './command-pages.ts';

/** One section a command, in the order of the help. */
export function cliReference(program: CommandPage): string {
  const pages = everyPage(program);
  const list = pages
    .slice(1)
    .map(
      ({ words, description }) => `- [\`${nameOf(words)}\`](#${nameOf(words).replaceAll(' ', '-')}): ${description}`,
    );
  return `# The command line

Made from the code by \`npm run docs\`; a test fails while it differs. What exit codes mean is in [exit-codes.md](../exit-codes.md).

${list.join('\n')}

${pages.slice(1).map(describePage).join('\n')}`;
}

function nameOf(words: readonly string[]): string {
  return ['fixby', ...words].join(' ');
}

function describePage({ words, description, arguments: given, options, examples, children }: CommandPage): string {
  const usage = [
    nameOf(words),
    ...(children.length > 0 ? ['<command>'] : []),
    '[options]',
    ...given.map(({ shown }) => shown),
  ].join(' ');
  const rows = [...given.map(argumentRow), ...options.map(optionRow)];
  return [
    `## ${nameOf(words)}`,
    '',
    sentence(description),
    '',
    `    ${usage}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows,
    ...(examples.length === 0 ? [] : ['', ...examples.map((example) => `    ${example}`)]),
    '',
  ].join('\n');
}

function argumentRow({ shown, description, choices, defaultValue }: ArgumentPage): string {
  return row(shown, description, choices, defaultValue, false);
}

function optionRow({ flags, description, choices, defaultValue, required }: OptionPage): string {
  return row(flags, description, choices, defaultValue, required);
}

function row(
  name: string,
  description: string,
  choices: readonly string[],
  defaultValue: string | undefined,
  required: boolean,
): string {
  const notes = [
    ...(choices.length > 0 ? [`one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`] : []),
    ...(defaultValue === undefined ? [] : [`default \`${defaultValue}\``]),
    ...(required ? ['required'] : []),
  ];
  const text = [description, ...notes].join('; ').replaceAll('|', '\\|');
  return `| \`${name.replaceAll('|', '\\|')}\` | ${text} |`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
