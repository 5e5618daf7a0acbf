/** Compares facts as JSON would keep them: the order of keys and absent properties do not matter. */

/** Whether two plain values say the same. */
export function sameFacts(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [ours, theirs] = [a, b].map((value) => Object.entries(value).filter(([, each]) => each !== undefined));
  if (ours === undefined || theirs === undefined || ours.length !== theirs.length) return false;
  const other = new Map<string, unknown>(theirs);
  return ours.every(([key, value]) => other.has(key) && sameFacts(value, other.get(key)));
}
