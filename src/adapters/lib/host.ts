/** What the adapters may know of fixby's own process; main.ts hands it in, nobody reads `process`. */

/** The part of Node's `process` that adapters need; `process` itself fits. */
export interface Host {
  readonly pid: number;
  /** The Node binary that runs fixby. */
  readonly execPath: string;
  readonly platform: string;
  /** The user fixby runs as; absent on Windows. In a container it may be nobody the system has a name for. */
  readonly uid?: number;
  /** Sends a signal to a process, or with a negative id to its group; throws `ESRCH` when there is none. */
  kill(pid: number, signal: NodeJS.Signals | 0): unknown;
}

/** Variables as the operator's shell or CI set them. */
export type Variables = Readonly<Record<string, string | undefined>>;
