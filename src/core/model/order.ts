/** The one written comparator for text, so that no report depends on a locale or an insertion order. */

/** Compares by UTF-16 code unit; negative when `a` comes first. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A comparator that tries each of `comparators` until one of them decides. */
export function byEach<T>(...comparators: readonly ((a: T, b: T) => number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const compare of comparators) {
      const decision = compare(a, b);
      if (decision !== 0) return decision;
    }
    return 0;
  };
}

/** The distinct texts of `values`, sorted. */
export function sortedUnique(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort(byText);
}
