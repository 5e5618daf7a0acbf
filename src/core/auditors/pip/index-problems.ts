/** Words the repository's own wishes about indexes and options as problems: none of them was obeyed. */
import type { Problem } from '../../model/problem.ts';
import { excerpt } from '../../model/text.ts';
import { withoutCredentials } from '../lib/credentials.ts';
import type { DroppedOption } from './reading.ts';

export interface IndexAnswer {
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/**
 * A foreign index leaves a question open: what comes from it was looked up elsewhere. One the team knows (`known`) is a
 * note; other options are problems that leave nothing open.
 */
export function judgeOptions(target: string, options: readonly DroppedOption[], known: readonly string[]): IndexAnswer {
  const familiar = new Set(known.map(addressOf));
  const isKnown = (option: DroppedOption): boolean => option.choosesIndex && familiar.has(addressOf(option.value));
  return {
    problems: options.filter((option) => !isKnown(option)).map((option) => toProblem(target, option)),
    notes: options.filter(isKnown).map((option) => `${sayWhere(option)}; packages were resolved without it.`),
  };
}

function toProblem(target: string, option: DroppedOption): Problem {
  return option.choosesIndex
    ? {
        target,
        code: 'repository-index',
        message: `${sayWhere(option)}; it was not obeyed, and packages that come from there were looked up elsewhere.`,
        mend: 'If the team really uses it, name it under knownRegistries in .fixby/config.yaml.',
        blocks: true,
      }
    : {
        target,
        code: 'repository-option',
        message: `${sayWhere(option)}; it was not obeyed.`,
        mend: 'Nothing, unless the versions found here differ from those that are deployed.',
        blocks: false,
      };
}

function sayWhere({ file, line, option, value }: DroppedOption): string {
  const shown = withoutCredentials(excerpt(`${option} ${value}`.trim(), 160));
  return `${line === undefined ? file : `${file}:${line}`} asks for ${shown}`;
}

/** An address as it compares: without credentials, trailing slashes, and upper case in the host. */
function addressOf(url: string): string {
  return withoutCredentials(url.trim()).replace(/\/+$/, '').toLowerCase();
}
