/** The promise of a supported-versions table: that it is about versions that exist, and leaves none out. */
import semver from 'semver';
import { excerpt } from '../model/text.ts';
import { broken, cannotTell, kept, remark, withoutCheckout } from './evidence.ts';
import { readOwnVersions, type OwnVersion } from './own-versions.ts';
import { readVersionRow, type VersionRow } from './version-row.ts';
import type { Release } from '../model/release.ts';
import type { Claim, Evidence, PromiseFacts, PromiseKind } from '../model/promise.ts';

export const supportedVersions: PromiseKind = {
  name: 'supported-versions',
  title: 'The supported versions exist, and every version is accounted for',
  find(passages) {
    const rows = passages.filter(({ kind }) => kind === 'row').flatMap((passage) => readVersionRow(passage) ?? []);
    return groupTables(rows).map(toClaim);
  },
};

/** The rows of each table together. */
function groupTables(rows: readonly VersionRow[]): readonly (readonly VersionRow[])[] {
  const tables = new Map<string, VersionRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.passage.section, row.passage.header]);
    const table = tables.get(key);
    if (table === undefined) tables.set(key, [row]);
    else table.push(row);
  }
  return [...tables.values()];
}

function toClaim(rows: readonly VersionRow[]): Claim {
  const [first] = rows;
  if (first === undefined) throw new TypeError('a table without a row makes no claim');
  return {
    passage: first.passage,
    promise: `versions are supported as the table says (${rows.length === 1 ? 'one row' : `${rows.length} rows`})`,
    *check(facts) {
      const own = yield* readOwnVersions(facts);
      return judgeTable(rows, own, facts);
    },
  };
}

interface Known {
  readonly version: string;
  readonly from: string;
}

function judgeTable(rows: readonly VersionRow[], own: readonly OwnVersion[], facts: PromiseFacts): readonly Evidence[] {
  const { checkout } = facts;
  const releases = checkout?.releases ?? [];
  const known: readonly Known[] = [
    ...releases.map(({ version, tag }) => ({ version, from: `tag ${tag}` })),
    ...own.map(({ version, file }) => ({ version, from: file })),
  ];
  const unread = rows.filter(({ range, supported }) => range === null || supported === null).map(doubtRow);
  const rowEvidence = rows.flatMap((row) => judgeRow(row, known, facts.now));
  const coverage = unread.length > 0 ? [] : judgeCoverage(rows, releases, own);
  return [...unread, ...rowEvidence, ...coverage, ...judgeSources(releases, facts)];
}

function doubtRow({ words, passage, range }: VersionRow): Evidence {
  const what = range === null ? `which versions "${excerpt(words)}" means` : `whether "${excerpt(words)}" is supported`;
  const place = { file: passage.file, line: passage.line };
  return cannotTell(
    'unclear',
    `the row does not say ${what} in words that can be read`,
    'Write it as 1.2.x, and yes or no.',
    place,
  );
}

function judgeRow(row: VersionRow, known: readonly Known[], now: string): readonly Evidence[] {
  const { passage, words, range, supported, until } = row;
  const place = { file: passage.file, line: passage.line };
  if (range === null || supported !== true) return [];
  if (until !== null && `${until}T23:59:59.999Z` < now)
    return [
      broken(`"${excerpt(words)}" is supported until ${until}, which is past`, 'Mark the row as unsupported.', place),
    ];
  if (range === 'rest' || known.length === 0) return [];
  const match = range === 'latest' ? known[0] : known.findLast(({ version }) => covers(range.semver, version));
  if (match === undefined) {
    const mend = 'Take the row out, or tag the release it means.';
    return [
      broken(`"${excerpt(words)}" is supported, and no release tag or package version is one of them`, mend, place),
    ];
  }
  return [
    kept(
      `"${excerpt(words)}" is supported, and ${excerpt(match.version)} (${excerpt(match.from)}) is one of them`,
      place,
    ),
  ];
}

function covers(range: string, version: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true, loose: true });
}

/** Releases and package versions that no row is about. A table with a `rest` row, or one for the latest alone, leaves none out. */
function judgeCoverage(
  rows: readonly VersionRow[],
  releases: readonly Release[],
  own: readonly OwnVersion[],
): readonly Evidence[] {
  if (rows.some(({ range }) => range === 'rest')) return [];
  const newest = releases
    .map(({ version }) => version)
    .toSorted(semver.compare)
    .at(-1);
  const isCovered = (version: string): boolean =>
    semver.prerelease(version) !== null ||
    rows.some(({ range }) =>
      range === 'latest'
        ? version === newest || newest === undefined
        : typeof range === 'object' && range !== null && covers(range.semver, version),
    );
  const tags = releases.filter(({ version }) => !isCovered(version));
  const packages = own.filter(({ version }) => !isCovered(version));
  return [
    ...(tags.length === 0 ? [] : [uncoveredTags(tags)]),
    ...packages.map(({ version, file, line }) =>
      broken(`no row is about ${excerpt(version)}, the version in ${excerpt(file)}`, 'Add a row for it.', {
        file,
        line,
      }),
    ),
  ];
}

function uncoveredTags(tags: readonly Release[]): Evidence {
  const names = tags.map(({ tag }) => tag);
  const shown = names.slice(-5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} older` : '';
  const last = tags.at(-1);
  const place = last === undefined ? {} : { commit: last.commit };
  return broken(
    `no row is about the released ${excerpt(shown)}${more}`,
    'Add a row for them, or one for all older versions.',
    place,
  );
}

/** Whether the tags that were seen are all there are. */
function judgeSources(releases: readonly Release[], facts: PromiseFacts): readonly Evidence[] {
  const { checkout } = facts;
  if (checkout === null) return [withoutCheckout(facts)];
  if (releases.length > 0) return [];
  if (checkout.shallow)
    return [
      cannotTell(
        'no-evidence',
        'the clone is shallow and has no release tags',
        'Fetch the tags: git fetch --tags --unshallow.',
      ),
    ];
  return [remark('the checkout has no release tags; the table was held against package versions alone')];
}
