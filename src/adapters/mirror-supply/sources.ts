/** Where each source is published, and the name its file has in a mirror's own downloads. */
import { isEcosystem } from '../../core/model/mirror.ts';
import type { MirrorSource } from '../../core/model/mirror.ts';

/** https://google.github.io/osv.dev/data/#data-dumps */
export const OSV_DUMPS = 'https://osv-vulnerabilities.storage.googleapis.com';

const FEEDS = {
  kev: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  epss: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
};

/** The path of each below a base of one's own. */
const PATHS: Readonly<Record<MirrorSource, string>> = {
  npm: 'npm/all.zip',
  PyPI: 'PyPI/all.zip',
  kev: 'kev.json',
  epss: 'epss.csv.gz',
};

/** `base` is where a team keeps copies of all of them, without a slash at its end; absent means where they are published. */
export function addressOf(source: MirrorSource, base: string | undefined): string {
  if (base === undefined && !isEcosystem(source)) return FEEDS[source];
  return `${base ?? OSV_DUMPS}/${PATHS[source]}`;
}
