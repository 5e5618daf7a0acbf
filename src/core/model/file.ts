/** What reading one file of the audited repository gave: its text, or why there is none. */

/** How the bytes were decoded. `lossy` means some were not valid text and stand as U+FFFD. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'lossy';

export type FileRead =
  | {
      readonly status: 'ok';
      readonly path: string;
      readonly text: string;
      readonly encoding: TextEncoding;
      /** Hex digest of the bytes as they lie on disk. */
      readonly sha256: string;
    }
  | {
      readonly status: 'missing' | 'not-a-file' | 'too-large' | 'outside' | 'unreadable';
      readonly path: string;
      /** One sentence for a person: what stood in the way. */
      readonly detail: string;
    };

/** A directory entry as discovery sees it. Paths are posix and relative to the repository. */
export interface FileEntry {
  readonly path: string;
  /** `link-outside` is a symlink whose real path leaves the repository; it is named and never followed. */
  readonly kind: 'file' | 'directory' | 'link-outside' | 'other';
  /** Set when the entry lies under a folder that is skipped by rule (vendored, excluded by configuration). */
  readonly excludedBy?: string;
}
