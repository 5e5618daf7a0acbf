/** Where reports go. */
export interface Sink {
  /** Writes whole files or nothing: each is complete under its name or not there. Returns the paths written. */
  write(files: readonly { readonly path: string; readonly text: string }[]): Promise<readonly string[]>;
}
