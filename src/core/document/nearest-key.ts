/** Guesses which key was meant by one nobody reads. */

/** The allowed key that `key` is closest to, or null when none is close. */
export function nearestKey(key: string, allowed: readonly string[]): string | null {
  const folded = fold(key.slice(0, 64));
  const ranked = allowed
    .map((candidate) => ({ candidate, distance: distanceOf(folded, fold(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= Math.max(1, Math.floor(folded.length / 3)) ? best.candidate : null;
}

function fold(key: string): string {
  return key.toLowerCase().replace(/[-_\s]/g, '');
}

/** Single-character insertions, deletions and replacements between two short texts (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (char === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
