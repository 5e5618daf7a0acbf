/** Takes what the operator's environment holds for channels out of a text, whoever put it in. */
import type { ChannelSettings } from '../model/channel.ts';
import { decodePart } from './variables.ts';

// Shorter pieces (`api`, `v1`) are no secrets, and stand in ordinary words.
const SHORTEST = 6;

/** `text` with every value, and of an address every part that could be a secret, as `***`. */
export function withoutSecrets(text: string, settings: readonly ChannelSettings[]): string {
  const pieces = settings.flatMap((each) => Object.values(each)).flatMap(piecesOf);
  const longestFirst = [...new Set(pieces)].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, piece) => rest.replaceAll(piece, '***'), text);
}

/** The host of an address may be named: without it nobody could mend anything. */
function piecesOf(value: string): readonly string[] {
  if (!URL.canParse(value)) return value.length < SHORTEST ? [] : [value];
  const { username, password, pathname, search } = new URL(value);
  const parts = [username, password, ...pathname.split('/'), search.slice(1), ...search.slice(1).split(/[&=]/)];
  return [
    value,
    ...parts.flatMap((part) => [part, decodePart(part) ?? part]).filter(({ length }) => length >= SHORTEST),
  ];
}
