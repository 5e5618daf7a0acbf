/** How an npm registry tells when versions were published: the full packument, read as it comes in. */
import { readInstant } from '../../core/model/instant.ts';
import { readChunks } from '../lib/http-get.ts';
import { TOO_LARGE, type RegistryKind, type ReleaseReading } from './registry-kind.ts';
import { PackumentScan, type ScannedPackument } from './scan-packument.ts';

/** https://github.com/npm/validate-npm-package-name, old names with capitals included. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i;

/** Names in `time` that are no versions. */
const NO_VERSIONS: ReadonlySet<string> = new Set(['created', 'modified', 'unpublished']);

export const npmRegistry: RegistryKind = {
  // The short form that installs use has no `time`.
  accept: 'application/json',
  isName: (name) => name.length <= 214 && NAME.test(name),
  addressOf: (base, name) => new URL(`./${encodeURIComponent(name).replace(/^%40/, '@')}`, base).href,
  read: async (_name, body, maxBytes) => {
    const scan = new PackumentScan();
    const whole = await readChunks(body, maxBytes, (chunk) => scan.push(chunk));
    if (!whole) return TOO_LARGE;
    const packument = scan.end();
    return packument === null ? NO_PACKUMENT : toReading(packument);
  },
};

const NO_PACKUMENT: ReleaseReading = { status: 'invalid', detail: 'its answer is no packument with times' };

/** A version with a time that is not among the versions was unpublished. */
function toReading({ time, versions }: ScannedPackument): ReleaseReading {
  const dated = [...time].filter(([name]) => !NO_VERSIONS.has(name));
  const published = dated.flatMap(([version, written]) => {
    const at = versions.has(version) ? readInstant(written) : null;
    return at === null ? [] : [{ version, at }];
  });
  return {
    status: 'read',
    published,
    withdrawn: dated.flatMap(([version]) => (versions.has(version) ? [] : [version])),
  };
}
