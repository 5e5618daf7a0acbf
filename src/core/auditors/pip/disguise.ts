/** Decides whether a file that a Python lock would install is of another release than the entry it stands under. */
import { normalizeName } from '../../model/ecosystem.ts';
import { excerpt } from '../../model/text.ts';
import type { Refusal } from './reading.ts';
import { asList, asTable, asText, isTable, member, type TomlTable } from './toml.ts';
import { canonicalVersion } from './version.ts';

/**
 * The files named under an entry of uv.lock or pylock.toml whose own names say another version or another package, one
 * sentence each: what is installed would not be what was asked about. `name` and `version` are in normal form.
 */
export function findDisguised(entry: TomlTable, name: string, version: string): readonly string[] {
  return filesOf(entry).flatMap((file) => {
    const release = releaseOf(file, name);
    if (release === undefined || (release.name === name && release.version === version)) return [];
    return [`${name} ${version} would be installed from ${excerpt(file, 120)}`];
  });
}

/** The refusal of a lock that holds such entries; none without them. */
export function refuseDisguised(path: string, disguised: readonly string[]): readonly Refusal[] {
  const [first] = disguised;
  if (first === undefined) return [];
  const more = disguised.length === 1 ? '' : ` and ${disguised.length - 1} more`;
  return [
    {
      reason: 'lockfile-suspect',
      message: `${path} contradicts itself: ${first}${more}.`,
      mend: 'Find out who wrote these entries; then delete them and make the lock anew.',
    },
  ];
}

function filesOf(entry: TomlTable): readonly string[] {
  const tables = [member(entry, 'sdist'), ...asList(member(entry, 'wheels'))].filter(isTable);
  return tables.flatMap((table) => {
    const place = ['name', 'filename', 'url', 'path'].map((key) => asText(member(asTable(table), key)) ?? '');
    return place.map(fileName).filter((file) => file !== '');
  });
}

function fileName(place: string): string {
  const path = place.replace(/[?#].*$/, '');
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.replace(/%2b/gi, '+').replace(/%21/g, '!');
}

interface Release {
  readonly name: string;
  readonly version: string;
}

/** https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention; `undefined` when it says nothing. */
function releaseOf(file: string, wanted: string): Release | undefined {
  if (file.endsWith('.whl')) {
    const [name = '', written = ''] = file.split('-');
    const version = canonicalVersion(written);
    return version === undefined ? undefined : { name: normalizeName('PyPI', name), version };
  }
  return releaseOfSource(file.replace(/\.(?:tar\.(?:gz|bz2|xz)|tgz|zip)$/, ''), wanted);
}

/** Names of source archives may hold dashes, and older ones are no model of order: only what bears the wanted name is read. */
function releaseOfSource(stem: string, wanted: string): Release | undefined {
  for (let dash = stem.indexOf('-'); dash !== -1; dash = stem.indexOf('-', dash + 1)) {
    const version = canonicalVersion(stem.slice(dash + 1));
    const name = normalizeName('PyPI', stem.slice(0, dash));
    if (name === wanted && version !== undefined) return { name, version };
  }
  return undefined;
}
