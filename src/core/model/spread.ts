/** How numbers spread: the few figures reports give of many. */

/** The middle of sorted numbers, or halfway between the two middle ones, to a tenth; `null` for none. */
export function medianOf(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) * 5) / 10;
}

/** The number that nine in ten of the sorted ones do not exceed (nearest rank); `null` for none. */
export function ninetiethOf(sorted: readonly number[]): number | null {
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null;
}
