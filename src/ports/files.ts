/** The audited repository as files: confined to its root by real path, read only, with caps. */
import type { FileListing, FileRead } from '../core/model/file.ts';

export interface Files {
  /**
   * Files discovery may care about; what git ignores is left out, what is vendored or excluded is marked.
   * Never throws: what could not be walked is a problem of the listing.
   */
  list(): Promise<FileListing>;
  /** Reads one file by posix path relative to the root. Never throws for what lies there. */
  read(path: string): Promise<FileRead>;
}
