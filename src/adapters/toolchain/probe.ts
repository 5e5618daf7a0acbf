/** Asks programs for facts that stay as long as their file does, and remembers the answers. */
import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileSync } from 'atomically';
import * as z from 'zod';
import { decodeText } from '../../core/model/text.ts';
import type { Children } from '../lib/children.ts';
import { allowedEnvironment } from '../lib/environment.ts';
import type { Host } from '../lib/host.ts';
import type { Operator } from '../lib/operator.ts';
import { removeFolder } from '../lib/remove-folder.ts';
import { makeTempFolder } from '../lib/temp-folder.ts';

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT_BYTES = 64 * 1024;
const answersSchema = z.record(z.string(), z.string());

export interface Probe {
  /** What a program prints on stdout, trimmed; `undefined` when it does not start, fails or does not end. */
  ask(command: readonly string[]): Promise<string | undefined>;
}

/** Where and with what a probe works. */
export interface ProbeOptions {
  /** Programs run in an empty folder below it, away from every repository. */
  readonly tempRoot: string;
  readonly operator: Operator;
  readonly children: Children;
  readonly host: Host;
}

/** A probe that keeps its answers in the folder `memory`; without one they are forgotten. */
export function createProbe(memory: string | undefined, options: ProbeOptions): Probe {
  const file = memory === undefined ? undefined : join(memory, 'answers.json');
  const answers = new Map(Object.entries(file === undefined ? {} : readAnswers(file)));
  return {
    ask: async (command) => {
      const key = answerKey(command);
      const known = key === undefined ? undefined : answers.get(key);
      if (known !== undefined) return known;
      const answer = await askNow(command, options);
      if (key === undefined || answer === undefined) return answer;
      answers.set(key, answer);
      if (file !== undefined) remember(file, answers);
      return answer;
    },
  };
}

async function askNow(
  command: readonly string[],
  { tempRoot, operator, children, host }: ProbeOptions,
): Promise<string | undefined> {
  const folder = makeTempFolder(tempRoot, host);
  try {
    const env = allowedEnvironment(operator, 'pip-audit', { home: folder, temp: folder, cache: folder });
    const limits = { timeoutMs: TIMEOUT_MS, maxOutputBytes: MAX_OUTPUT_BYTES };
    const end = await children.run({ command, cwd: folder, env, folder, ...limits });
    return end.status === 'exited' && end.exitCode === 0 ? decodeText(end.stdout).text.trim() : undefined;
  } finally {
    removeFolder(folder);
  }
}

/** The first line of a script after `#!`, or `undefined` for anything else, and for what cannot be read. */
export function readShebang(file: string): string | undefined {
  return /^#![ \t]*([^\r\n]*)/.exec(readStart(file))?.[1];
}

function readStart(file: string): string {
  const bytes = Buffer.alloc(512);
  try {
    const descriptor = openSync(file, 'r');
    try {
      return bytes.toString('latin1', 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

/**
 * The command with its file as it is now. A script that hands over to something else (a version manager's shim) is not
 * remembered: what it starts may change while the script does not.
 */
function answerKey(command: readonly string[]): string | undefined {
  const [file = ''] = command;
  try {
    const shebang = readShebang(file);
    if (shebang !== undefined && !/python/.test(shebang)) return undefined;
    const { mtimeMs, size } = statSync(file);
    return JSON.stringify([command, realpathSync(file), mtimeMs, size]);
  } catch {
    return undefined;
  }
}

function readAnswers(file: string): Readonly<Record<string, string>> {
  try {
    return answersSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

/** What cannot be remembered is asked again next time. */
function remember(file: string, answers: ReadonlyMap<string, string>): void {
  try {
    writeFileSync(file, JSON.stringify(Object.fromEntries(answers)), { mode: 0o600 });
  } catch {
    return;
  }
}
