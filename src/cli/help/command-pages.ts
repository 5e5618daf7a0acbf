/** Reads commander's definitions into a plain value: what help, completion, man page and reference have in common. */
import type { Argument, Command, Option } from 'commander';

export interface ArgumentPage {
  readonly name: string;
  /** As usage shows it: `<name>`, `[name]`, `<name...>`. */
  readonly shown: string;
  readonly description: string;
  readonly choices: readonly string[];
  readonly defaultValue?: string;
}

export interface OptionPage {
  /** As help shows it, such as `--format <name...>`. */
  readonly flags: string;
  readonly long: string;
  readonly short?: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  readonly defaultValue?: string;
  readonly required: boolean;
}

export interface CommandPage {
  /** Its words after `fixby`; none for the program itself. */
  readonly words: readonly string[];
  readonly description: string;
  readonly arguments: readonly ArgumentPage[];
  readonly options: readonly OptionPage[];
  readonly examples: readonly string[];
  readonly children: readonly CommandPage[];
}

/** The program and everything below it, in the order of the definitions. */
export function describeCommand(command: Command, words: readonly string[] = []): CommandPage {
  const help = command.createHelp();
  const children = help.visibleCommands(command).filter((child) => child.name() !== 'help');
  return {
    words,
    description: command.description(),
    arguments: command.registeredArguments.map(describeArgument),
    options: help.visibleOptions(command).flatMap(describeOption),
    examples: examplesOf(command),
    children: children.map((child) => describeCommand(child, [...words, child.name()])),
  };
}

/** A command and all below it, parents first. */
export function everyPage(page: CommandPage): readonly CommandPage[] {
  return [page, ...page.children.flatMap(everyPage)];
}

function describeArgument(argument: Argument): ArgumentPage {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return {
    name: argument.name(),
    shown: argument.required ? `<${name}>` : `[${name}]`,
    description: argument.description,
    choices: argument.argChoices ?? [],
    ...defaultOf(argument.defaultValue),
  };
}

function describeOption(option: Option): readonly OptionPage[] {
  const { flags, long, short, description, required, optional, mandatory, argChoices, negate } = option;
  if (long === undefined) return [];
  return [
    {
      flags,
      long,
      ...(short === undefined ? {} : { short }),
      description,
      takesValue: required || optional,
      choices: argChoices ?? [],
      required: mandatory,
      ...(negate ? {} : defaultOf(option.defaultValue)),
    },
  ];
}

function defaultOf(value: unknown): { readonly defaultValue?: string } {
  return typeof value === 'string' ? { defaultValue: value } : {};
}

/** They are kept in the help text alone. */
function examplesOf(command: Command): readonly string[] {
  const written: string[] = [];
  const output = command.configureOutput();
  command.configureOutput({ ...output, writeOut: (text) => written.push(text) });
  command.outputHelp();
  command.configureOutput(output);
  return [...written.join('').matchAll(/^ {2}\$ (.+)$/gm)].map((match) => match[1] ?? '');
}
