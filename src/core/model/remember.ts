/** Remembers what was made of a text, for readers that meet the same text again. */

/** Pieces remembered at most; a history that holds more is read on, only slower. */
const MOST_PIECES = 200_000;

/** `make`, called once for each distinct text while no more than `most` are held. It may keep the text, and depends on nothing else. */
export function remember<T>(make: (text: string) => T, most: number): (text: string) => T {
  return rememberAs(make, most, (text) => text);
}

/** The same for thousands of pieces, each cut out of a longer text that nobody wants to keep for it. */
export function rememberPieces<T>(make: (piece: string) => T): (piece: string) => T {
  return rememberAs(make, MOST_PIECES, copyOf);
}

function rememberAs<T>(make: (text: string) => T, most: number, toOwn: (text: string) => string): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const own = toOwn(text);
    const made = make(own);
    if (known.size >= most) known.clear();
    known.set(own, made);
    return made;
  };
}

/** A piece cut out of a longer text keeps all of that in memory; JSON writes and reads it into one of its own. */
function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
