/** Reads from uv's error text what stood in the way of resolving, so that the rest can be resolved without it. */

// uv's explanations are long; what lies before the end of an endless one is not worth the time.
const LONGEST = 50_000;

/** Names of `candidates` that uv blames: first those without a wheel, else those whose versions contradict each other. */
export function findBlamed(stderr: string, candidates: ReadonlySet<string>): readonly string[] {
  const wheelless = named(stderr, /Wheels are required for `([^`]+)`/g, candidates);
  if (wheelless.length > 0) return wheelless;
  const missing = named(
    stderr,
    /(?<![a-z0-9-])([a-z0-9-]{1,200})\S{0,100} (?:was not found|has no (?:usable )?wheels)/g,
    candidates,
  );
  if (missing.length > 0) return missing;
  return named(unwrap(stderr).replace(/\[[^\]]*\]/g, ''), /(?:you require|and) ([a-z0-9-]{1,200})/g, candidates);
}

/** The lowest Python uv says would do (`3.12`), when the one it resolved for is too old for a requirement. */
export function hintedPython(stderr: string): string | undefined {
  const hints = [...unwrap(stderr).matchAll(/restrictive `requires-python` value \(like >=(3\.\d{1,2})/g)];
  return hints
    .flatMap((hint) => hint[1] ?? [])
    .sort(byMinor)
    .at(-1);
}

/** Whether uv failed because it could not reach its index, which says nothing about the requirements. */
export function indexIsUnreachable(stderr: string): boolean {
  return /Failed to fetch|error sending request|Could not connect|dns error|tcp connect error|timed out/i.test(stderr);
}

/** Whether Python `a` (`3.9`) is newer than `b` (`3.11`). */
export function isNewerPython(a: string, b: string): boolean {
  return byMinor(a, b) > 0;
}

function byMinor(a: string, b: string): number {
  return Number(a.split('.')[1] ?? 0) - Number(b.split('.')[1] ?? 0);
}

function named(text: string, pattern: RegExp, candidates: ReadonlySet<string>): readonly string[] {
  const names = [...unwrap(text).matchAll(pattern)].flatMap((match) => match[1] ?? []);
  return [...new Set(names)].filter((name) => candidates.has(name));
}

function unwrap(text: string): string {
  return text.slice(-LONGEST).replace(/\s+/g, ' ');
}
