/** Gathers what would fall onto the same spot, so that ten thousand findings are as readable as ten. */

/** Things that stand side by side on a line, and the middle of where they stand. */
export interface Bin<T> {
  readonly x: number;
  readonly items: readonly T[];
}

/** Bins of `width` along a line, from left to right; empty ones are left out. */
export function gather<T>(items: readonly T[], place: (item: T) => number, width: number): readonly Bin<T>[] {
  const bins = new Map<number, T[]>();
  for (const item of items) {
    const number = Math.floor(place(item) / width);
    const bin = bins.get(number);
    if (bin === undefined) bins.set(number, [item]);
    else bin.push(item);
  }
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([, gathered]) => ({ x: middle(gathered.map(place)), items: gathered }));
}

function middle(places: readonly number[]): number {
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}
