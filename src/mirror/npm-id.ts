/** Gives every advisory the positive integer that npm wants for an id, the same on every machine and after every load. */

/** The digits of a GHSA id: no vowels, nothing to mistake. https://github.com/github/advisory-database#ghsa-ids */
const DIGITS = '23456789cfghjmpqrvwx';
const GHSA = /^GHSA-([2-9cfghjmpqrvwx]{4})-([2-9cfghjmpqrvwx]{4})-([2-9cfghjmpqrvwx]{4})$/;

/** How many GHSA ids there can be; other ids are hashed into the safe integers above. */
const GHSA_IDS = DIGITS.length ** 12;

/**
 * A GHSA id is read as a number to base 20, so two of them never meet; any other id is hashed. npm tells the advisories
 * of a package apart by this number alone, and forgets one of two that share it.
 */
export function npmId(id: string): number {
  const [, ...groups] = GHSA.exec(id) ?? [];
  if (groups.length === 0) return GHSA_IDS + 1 + (hash(id) % (Number.MAX_SAFE_INTEGER - GHSA_IDS - 1));
  return 1 + Array.from(groups.join('')).reduce((sum, digit) => sum * DIGITS.length + DIGITS.indexOf(digit), 0);
}

/** The ids of several advisories of one package, in order; the later of two equal ones gives way to the next free number. */
export function distinctNpmIds(ids: readonly string[]): readonly number[] {
  const taken = new Set<number>();
  for (const id of ids) {
    let number = npmId(id);
    while (taken.has(number)) number += 1;
    taken.add(number);
  }
  return [...taken];
}

/** FNV-1a of 64 bits, cut to 53. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  const sum = Array.from(text).reduce(
    (state, char) => BigInt.asUintN(64, (state ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n),
    0xcbf29ce484222325n,
  );
  return Number(sum >> 11n);
}
