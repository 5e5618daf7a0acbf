/** Runs a command of git whose output is too large to hold: it is handed on as it comes. */
import { execa } from 'execa';
import type { GitStart } from './git-command.ts';

/** How a streamed command ended, in a sentence; `null` when it ended well. */
export type StreamEnd = string | null;

export interface GitStream {
  /** The output in pieces; leaving the loop early ends the command. */
  readonly output: AsyncIterable<Uint8Array>;
  /** Settles when the command has ended. Never rejects. */
  readonly ended: Promise<StreamEnd>;
}

/** Starts git in `root` with `input` as its stdin. */
export function streamGit(
  { program, leading, env }: GitStart,
  root: string,
  args: readonly string[],
  input: string,
  timeoutMs: number,
): GitStream {
  const child = execa(program, [...leading, ...args], {
    cwd: root,
    env,
    extendEnv: false,
    input,
    buffer: { stdout: false, stderr: true },
    encoding: 'buffer',
    reject: false,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: { stderr: 64 * 1024 },
    windowsHide: true,
  });
  const ended = child.then(({ failed, timedOut, isTerminated, stderr, exitCode }) => {
    if (!failed) return null;
    if (timedOut) return 'it took too long and was ended.';
    const said = new TextDecoder().decode(stderr).trim();
    return said === ''
      ? isTerminated
        ? 'it was ended by a signal.'
        : `it ended with code ${exitCode ?? 'unknown'}.`
      : said;
  });
  return { output: piecesOf(child.stdout, () => child.kill('SIGKILL')), ended };
}

async function* piecesOf(stdout: AsyncIterable<Uint8Array>, kill: () => void): AsyncIterable<Uint8Array> {
  let whole = false;
  try {
    for await (const piece of stdout) yield piece;
    whole = true;
  } catch {
    // A broken pipe is told by how the command ended.
  } finally {
    if (!whole) kill();
  }
}
