/** Temporary folders whose name, `fixby-<owner>-<random>`, tells which process they belong to. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from './host.ts';
import { realPath } from './inside.ts';
import { identify, ownerTag, readOwnerTag } from './process-identity.ts';
import type { Owner } from './process-identity.ts';

/** Makes a folder below `tempRoot` that only this user can enter, signed by this fixby process. */
export function makeTempFolder(tempRoot: string, host: Host): string {
  return mkdtempSync(join(realPath(tempRoot), `fixby-${ownerTag(identify(host.pid))}-`));
}

/** Whose a folder of this name is; `undefined` when it is none of fixby's. */
export function ownerOfFolder(name: string): Owner | undefined {
  return readOwnerTag(/^fixby-(.+)-[A-Za-z0-9]{6}$/.exec(name)?.[1] ?? '');
}
