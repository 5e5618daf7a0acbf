/** Decides what one logical line of a requirements file is. What is not understood is `garbage`, never nothing. */
import { excerpt } from '../../model/text.ts';
import { readDirectLine } from './direct-line.ts';
import type { RequirementLine } from './line.ts';
import { readOptionLine } from './option-line.ts';
import { parseRequirement } from './requirement.ts';

/** Classifies one line as pip would, without expanding, following or evaluating anything in it. */
export function readRequirementLine(text: string): RequirementLine {
  if (/\$\{[A-Z0-9_]+\}/.test(text)) {
    return skip(excerpt(text, 80), 'it names an environment variable, and those are not read for the repository');
  }
  if (text.startsWith('-')) return readOptionLine(text);
  const { stated, options } = cutOptions(text);
  const direct = readDirectLine(stated);
  if (direct !== undefined) return { kind: 'skipped', skipped: direct };
  const requirement = parseRequirement(stated);
  if (requirement === undefined || !options.every(isLineOption)) return { kind: 'garbage' };
  return { kind: 'requirement', requirement, hashed: options.some((option) => option.startsWith('--hash')) };
}

function skip(name: string, reason: string): RequirementLine {
  return { kind: 'skipped', skipped: { name, reason } };
}

// pip takes the first word that begins with a dash for the start of the line's own options.
function cutOptions(text: string): { stated: string; options: readonly string[] } {
  const at = text.search(/\s-/);
  if (at === -1) return { stated: text, options: [] };
  // One blank between words, so that the split below stays linear.
  const options = text.slice(at).replace(/\s+/g, ' ').trim();
  return { stated: text.slice(0, at).trim(), options: options.split(/ (?=-)/) };
}

function isLineOption(option: string): boolean {
  return /^--(?:hash|global-option|config-settings?)(?:=|\s+)\S/.test(option);
}
