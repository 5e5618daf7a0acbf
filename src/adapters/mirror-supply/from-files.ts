/** Finds a source among files somebody brought along: the file itself, or a folder in the layout the dumps are published in. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isEcosystem } from '../../core/model/mirror.ts';
import type { MirrorSource } from '../../core/model/mirror.ts';

/** In a folder of downloads, what each source may be called; a folder with none of them is itself the dump of an ecosystem. */
const NAMES: Readonly<Record<MirrorSource, readonly string[]>> = {
  npm: ['npm/all.zip', 'npm-all.zip', 'npm.zip'],
  PyPI: ['PyPI/all.zip', 'PyPI-all.zip', 'PyPI.zip'],
  kev: ['kev.json', 'known_exploited_vulnerabilities.json'],
  epss: ['epss.csv.gz', 'epss.csv', 'epss_scores-current.csv.gz'],
};

/** The path to read a source from. Rejects for a place that is not there; `undefined` when a folder lacks a feed. */
export async function locate(source: MirrorSource, place: string): Promise<string | undefined> {
  if (!(await stat(place)).isDirectory()) return place;
  for (const name of NAMES[source]) {
    const path = join(place, name);
    if (await isFile(path)) return path;
  }
  return isEcosystem(source) ? place : undefined;
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
