/** The audited repository as files: confined to its root by real path, read only, with caps. */
import type { FileEntry, FileRead } from '../core/model/file.ts';

export interface Files {
  /** Files discovery may care about, sorted by path; what is ignored, vendored or excluded is marked or left out. */
  list(): Promise<readonly FileEntry[]>;
  /** Reads one file by posix path relative to the root. Never throws for what lies there. */
  read(path: string): Promise<FileRead>;
}
