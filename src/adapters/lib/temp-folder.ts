/** Temporary folders whose name, `fixby-<owner>-<random>`, tells which process they belong to. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { Host } from './host.ts';
import { realPath } from './inside.ts';
import { messageOf } from './message-of.ts';
import { identify, ownerTag, readOwnerTag } from './process-identity.ts';
import type { Owner } from './process-identity.ts';

/** Makes a folder below `tempRoot` that only this user can enter, signed by this fixby process. Throws a UsageError when the system refuses. */
export function makeTempFolder(tempRoot: string, host: Host): string {
  try {
    return mkdtempSync(join(realPath(tempRoot), `fixby-${ownerTag(identify(host.pid))}-`));
  } catch (error) {
    throw new UsageError(
      'temporary-folder-unusable',
      `No temporary folder can be made in ${excerpt(tempRoot)}: ${excerpt(messageOf(error))}`,
      'Free space or rights there, or set TMPDIR to another folder.',
    );
  }
}

/** Whose a folder of this name is; `undefined` when it is none of fixby's. */
export function ownerOfFolder(name: string): Owner | undefined {
  return readOwnerTag(/^fixby-(.+)-[A-Za-z0-9]{6}$/.exec(name)?.[1] ?? '');
}
