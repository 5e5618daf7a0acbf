/** Knows every private folder of this fixby process, so that none is left behind. */
import type { Host } from '../lib/host.ts';
import { messageOf } from '../lib/message-of.ts';
import { removeFolder, removeFolderBeside } from '../lib/remove-folder.ts';
import { makePrivateFolder } from './private-folder.ts';
import type { PrivateFolder } from './private-folder.ts';

export interface Shelter {
  /** A new private folder. Throws when the system refuses one. */
  make(): PrivateFolder;
  /** Removes it; what cannot be removed is told, and swept at a later start. Never rejects. */
  discard(folder: PrivateFolder): Promise<void>;
  /** Removes all that are left, at once. */
  discardAll(): void;
}

export interface ShelterOptions {
  readonly tempRoot: string;
  readonly host: Host;
  readonly onMessage: (message: string) => void;
}

/** A shelter that makes its folders below `tempRoot`. */
export function openShelter({ tempRoot, host, onMessage }: ShelterOptions): Shelter {
  const folders = new Set<PrivateFolder>();
  const tell = ({ root }: PrivateFolder, error: unknown): void =>
    onMessage(`The private folder ${root} could not be removed: ${messageOf(error)}`);
  return {
    make: () => {
      const folder = makePrivateFolder(tempRoot, host);
      folders.add(folder);
      return folder;
    },
    discard: async (folder) => {
      await removeFolderBeside(folder.root).catch((error: unknown) => tell(folder, error));
      folders.delete(folder);
    },
    discardAll: () => {
      for (const folder of folders) {
        folders.delete(folder);
        try {
          removeFolder(folder.root);
        } catch (error) {
          tell(folder, error);
        }
      }
    },
  };
}
