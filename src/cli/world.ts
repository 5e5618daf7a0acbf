/** What a process gives a command, as a value: so that a command can be run by a test as by a shell. */

export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Columns of a terminal; 100 where nobody says, and a terminal that claims to have none. */
export function screenWidth({ columns = 0 }: Terminal): number {
  return columns > 0 ? columns : 100;
}

export interface World {
  /** Arguments after the program. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** Set when stderr is a terminal on which a list may be redrawn. */
  readonly liveStderr?: NodeJS.WriteStream;
  /** Asks the person at the terminal; absent where there is none. An end of input is an empty answer. */
  readonly ask?: (question: string) => Promise<string>;
  readonly pid: number;
  readonly platform: string;
  /** The user fixby runs as; absent on Windows. */
  readonly uid?: number;
  /** The operator's home folder, and the folder for temporary files. */
  readonly home: string;
  readonly tempRoot: string;
  /** The Node that runs fixby, and runs npm. */
  readonly execPath: string;
  /** URL of the running bundle or of `src/main.ts`; assets lie beside it. */
  readonly entry: string;
  /** Sends a signal to a process, or with a negative id to its group. */
  kill(pid: number, signal: NodeJS.Signals | 0): unknown;
  /** Aborted by SIGINT, SIGTERM or SIGHUP, with the signal's name as the reason. */
  readonly interrupted: AbortSignal;
  /** Runs `dispose` when the process ends or is told to stop; it must be synchronous. */
  onEnd(dispose: () => void): void;
}
