/** Takes credentials out of addresses before they are shown or kept. */

/** `text` with the `user:password@` part of every URL in it removed. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]*@/gi, '$1');
}
