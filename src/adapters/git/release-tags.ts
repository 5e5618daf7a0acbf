/** Decides which git tags are releases: semver after an optional `v`, behind one of the configured prefixes. */
import semver from 'semver';

/**
 * The version a tag names, without its prefix and `v`; `null` for a tag that is no release. `prefixes` are literal
 * (`api@`, `api-`, `api/`) and any one of them must be there; none given means that tags stand bare.
 */
export function versionOfTag(tag: string, prefixes: readonly string[]): string | null {
  for (const prefix of prefixes.length === 0 ? [''] : prefixes) {
    const version = tag.startsWith(prefix) ? /^v?(\d.*)$/.exec(tag.slice(prefix.length))?.[1] : undefined;
    if (version !== undefined && semver.valid(version) !== null) return version;
  }
  return null;
}
