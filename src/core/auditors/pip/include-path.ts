/** Decides which file an include names, and keeps it inside the repository by its spelling; the Files port does by real path. */

export type IncludePath = { readonly path: string } | { readonly refused: string };

/** Joins `include` to the folder of `from` (both posix, relative to the repository). */
export function resolveInclude(from: string, include: string): IncludePath {
  if (/^file:/i.test(include)) return { refused: 'it is a file: address' };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(include))
    return { refused: 'it is a URL, and nothing is fetched for the repository' };
  if (/^(?:[/\\~]|[A-Za-z]:)/.test(include)) return { refused: 'its path is absolute' };
  const path = normalizePath([...from.split('/').slice(0, -1), ...include.split('/')]);
  return path === undefined ? { refused: 'it leaves the repository' } : { path };
}

/** The posix path below the repository that `segments` lead to; undefined when they leave it. */
export function normalizePath(segments: readonly string[]): string | undefined {
  const path: string[] = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path.push(segment);
    else if (path.pop() === undefined) return undefined;
  }
  return path.join('/');
}
