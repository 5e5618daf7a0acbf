/** Decides what an option line of a requirements file asks for: includes are followed, everything else is dropped. */
import { readEditable } from './direct-line.ts';
import type { WishEffect } from './reading.ts';
import type { IncludeRole, RequirementLine } from './line.ts';

const INCLUDES = new Map<string, IncludeRole>([
  ['-r', 'requirements'],
  ['--requirement', 'requirements'],
  ['-c', 'constraints'],
  ['--constraint', 'constraints'],
]);

const SHORT = /^(-[rceif])\s*(.*)$/s;
const LONG = /^(--[a-z0-9-]+)(?:=|\s+|$)(.*)$/s;

/** Options that choose where packages come from: what they bring is not what the default index brings. */
const INDEX_OPTIONS = new Set([
  '-i',
  '--index-url',
  '--pypi-url',
  '--extra-index-url',
  '-f',
  '--find-links',
  '--no-index',
]);
const OTHER_OPTIONS = new Set([
  '--no-binary',
  '--only-binary',
  '--prefer-binary',
  '--pre',
  '--trusted-host',
  '--use-feature',
  '--use-pep517',
  '--no-use-pep517',
  '--always-unzip',
]);

/** What a dropped option would have changed. */
export function effectOf(option: string): WishEffect {
  return INDEX_OPTIONS.has(option) ? 'index' : 'option';
}

/** Classifies a line that begins with a dash. Unknown and abbreviated options are garbage, so that nothing is guessed. */
export function readOptionLine(text: string): RequirementLine {
  const match = text.startsWith('--') ? LONG.exec(text) : SHORT.exec(text);
  const option = match?.[1] ?? '';
  const value = unquote((match?.[2] ?? '').trim());
  if (option === '--require-hashes') return { kind: 'harmless' };
  if (option === '-e' || option === '--editable') return { kind: 'skipped', skipped: readEditable(value) };
  const as = INCLUDES.get(option);
  if (as !== undefined) return includeLine(value, as);
  return isDroppable(option) && value.split(/\s+/).every(isDroppableWord)
    ? { kind: 'option', option, value }
    : { kind: 'garbage' };
}

// One line may hold several options; an include among them must not get lost with the rest.
function isDroppableWord(word: string): boolean {
  return !word.startsWith('-') || isDroppable(word.split('=')[0] ?? word);
}

function isDroppable(option: string): boolean {
  return INDEX_OPTIONS.has(option) || OTHER_OPTIONS.has(option);
}

function includeLine(path: string, as: IncludeRole): RequirementLine {
  // A second option on the line would be lost: pip reads it, so it is not ours to drop unseen.
  return path === '' || /\s-/.test(path) ? { kind: 'garbage' } : { kind: 'include', path, as };
}

function unquote(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}
