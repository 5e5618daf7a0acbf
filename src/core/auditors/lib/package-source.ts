/** Decides whether an address may stand for the place packages come from. */
import type { PackageSourceAnswer } from '../../model/package-releases.ts';

/** `url` is what the settings or `tool` named; `own` as in PackageSource. What is no http(s) address is not known. */
export function concludeSource(tool: string, url: string, own: boolean): PackageSourceAnswer {
  if (/^https?:\/\/\S+$/i.test(url) && URL.canParse(url)) return { status: 'known', source: { url, own } };
  const detail = own
    ? `${tool} did not say which registry it is configured for`
    : `the registry that is named for ${tool} is no address`;
  return { status: 'unknown', detail };
}
