/** Decides where a redirect leads. */

/** `undefined` when the answer is no redirect, or when following it would give up encryption. */
export function redirectOf(address: string, status: number, location: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || !URL.canParse(location, address)) return undefined;
  const next = new URL(location, address);
  const allowed = address.startsWith('https:') ? ['https:'] : ['http:', 'https:'];
  return allowed.includes(next.protocol) ? next.href : undefined;
}
