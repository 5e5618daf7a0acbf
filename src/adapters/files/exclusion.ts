/** Decides which paths are set aside by rule: other people's code, and what the configuration excludes or leaves out. */
import ignore from 'ignore';

/** What set a path aside. `configured` rules come before git's own; vendored folders that git ignores are not mentioned. */
interface Exclusion {
  readonly by: string;
  readonly configured: boolean;
}

export interface ExclusionRules {
  /** .gitignore syntax. */
  readonly vendored: readonly string[];
  /** .gitignore syntax; `!vendor/` takes a vendored folder back in. */
  readonly exclude: readonly string[];
  /** .gitignore syntax; empty means everything. */
  readonly include: readonly string[];
}

/** What excludes the folder or file at a path, or `null`. Ask for folders from the root down. */
export type Excluder = (path: string, isFolder: boolean) => Exclusion | null;

/** The patterns come from the operator, who may write a costly one. */
export function createExcluder({ vendored, exclude, include }: ExclusionRules): Excluder {
  const options = { ignorecase: false, allowRelativePaths: true };
  const excluded = ignore(options)
    .add(vendored.map((pattern) => ({ pattern, mark: 'vendored' })))
    .add(exclude);
  const included = ignore(options).add(include);
  return (path, isFolder) => {
    const { rule } = excluded.test(isFolder ? `${path}/` : path);
    if (rule !== undefined) return { by: rule.pattern, configured: rule.mark !== 'vendored' };
    // A folder may hold what is included; only a file can be said to be left out.
    const leftOut = !isFolder && include.length > 0 && !included.ignores(path);
    return leftOut ? { by: 'include', configured: true } : null;
  };
}
