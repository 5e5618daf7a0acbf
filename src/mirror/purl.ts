/** Reads the package URLs that OSV queries may use. https://github.com/package-url/purl-spec */
import type { Ecosystem } from '../core/model/ecosystem.ts';

export interface PackageUrl {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version?: string;
}

const TYPES: ReadonlyMap<string, Ecosystem> = new Map([
  ['npm', 'npm'],
  ['pypi', 'PyPI'],
]);

/** The package a URL of type npm or pypi names; `null` for any other text. */
export function parsePurl(text: string): PackageUrl | null {
  const [, type = '', path = '', at] = /^pkg:\/*([a-z]+)\/([^?#]+?)(?:@([^@/?#]+))?(?:[?#].*)?$/i.exec(text) ?? [];
  const ecosystem = TYPES.get(type.toLowerCase());
  const [name, version] = [decode(path), at === undefined ? undefined : decode(at)];
  if (ecosystem === undefined || name === null || version === null) return null;
  return { ecosystem, name, ...(version === undefined ? {} : { version }) };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
