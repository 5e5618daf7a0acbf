/** The name of a private folder says whose it is: `fixby-<place>-<pid>-<start>-<random>`. */
import { placeOfProcesses } from '../lib/process-identity.ts';
import type { ProcessIdentity } from '../lib/process-identity.ts';

/** What a folder's name tells. */
export interface FolderOwner extends ProcessIdentity {
  /** Machine and process namespace in which `pid` means something. */
  readonly place: string;
}

/** The start of the name of every private folder of `owner`. */
export function folderPrefix(owner: ProcessIdentity): string {
  return `fixby-${placeOfProcesses()}-${owner.pid}-${owner.start}-`;
}

/** Whose folder this is, or `undefined` when it is none of fixby's. */
export function readFolderName(name: string): FolderOwner | undefined {
  const match = /^fixby-([0-9a-f]{8})-(\d+)-(\d+)-[A-Za-z0-9]{6}$/.exec(name);
  const [, place, pid, start] = match ?? [];
  if (place === undefined || pid === undefined || start === undefined) return undefined;
  return { place, pid: Number(pid), start };
}
