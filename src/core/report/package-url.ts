/** Names a package as other tools do: https://github.com/package-url/purl-spec */
import { PackageURL } from 'packageurl-js';
import type { Ecosystem } from '../model/ecosystem.ts';
import { wellFormed } from './escape.ts';

/** `pkg:npm/%40scope/name@1.0.0` or `pkg:pypi/name@1.0.0`; without a version the package as such. */
export function packageUrl(
  { ecosystem, package: name }: { readonly ecosystem: Ecosystem; readonly package: string },
  version?: string,
): string {
  const slash = ecosystem === 'npm' && name.startsWith('@') ? name.indexOf('/') : -1;
  const namespace = slash > 0 ? wellFormed(name.slice(0, slash)).trim() : undefined;
  // A purl has no empty name; what has none here is named after that.
  const plain = wellFormed(name.slice(slash + 1)).trim() || 'unnamed';
  const type = ecosystem === 'npm' ? 'npm' : 'pypi';
  return new PackageURL(
    type,
    namespace,
    plain,
    wellFormed(version ?? '').trim() || undefined,
    undefined,
    undefined,
  ).toString();
}
