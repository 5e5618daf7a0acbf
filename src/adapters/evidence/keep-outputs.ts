/** Keeps what tools were given and gave in a private folder, without its secrets, until an archive is written. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptAnswers, KeptRun, KeptText, Redactor } from '../../core/model/evidence.ts';
import { byEach, byText } from '../../core/model/order.ts';
import { UsageError } from '../../core/model/problem.ts';
import type { ToolName } from '../../core/model/program.ts';
import { excerpt } from '../../core/model/text.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OutputKeeper, SourceExchange, ToolExchange } from '../../ports/evidence.ts';
import type { Host } from '../lib/host.ts';
import { messageOf } from '../lib/message-of.ts';
import { removeFolder } from '../lib/remove-folder.ts';
import { sha256OfBytes } from '../lib/sha256.ts';
import { makeTempFolder } from '../lib/temp-folder.ts';

/** Characters of one output that are kept: twenty times what the audit of a large repository gives. */
export const MOST_CHARACTERS = 16 * 1024 * 1024;

export interface KeeperOptions {
  /** Where the private folder is made. */
  readonly tempRoot: string;
  readonly host: Host;
  readonly clock: Pick<Clock, 'now'>;
  readonly redact: Redactor;
  /** Names of the variables every run of a tool is given. */
  readonly variableNames: (tool: ToolName) => readonly string[];
  /** Characters of one output that are kept; a test needs fewer. */
  readonly mostCharacters?: number;
}

/** The adapter of `OutputKeeper`. Nothing is made before there is something to keep. */
export function createOutputKeeper(options: KeeperOptions): OutputKeeper {
  const runs: KeptRun[] = [];
  const answers: KeptAnswers[] = [];
  const state: { folder?: string; files: number; failure?: string } = { files: 0 };
  const spool = async (text: string): Promise<KeptText> => {
    state.folder ??= makeTempFolder(options.tempRoot, options.host);
    state.files += 1;
    return spoolText(text, join(state.folder, `${state.files}`), options);
  };
  const attempt = async (keep: () => Promise<unknown>): Promise<void> => {
    try {
      await keep();
    } catch (error) {
      state.failure ??= messageOf(error);
    }
  };
  return {
    keep: (exchange) => attempt(async () => runs.push(await keepExchange(exchange, spool, options))),
    keepAnswers: (exchange) => attempt(async () => answers.push(await keepSource(exchange, spool, options))),
    kept: () => {
      if (state.failure === undefined) return { runs: runs.toSorted(byPlace), answers: answers.toSorted(byPlace) };
      const message = `The outputs of the tools could not be kept: ${excerpt(state.failure)}`;
      throw new UsageError('evidence-not-kept', message, 'Free space or rights in the folder for temporary files.');
    },
    discard: () => {
      if (state.folder !== undefined) removeFolder(state.folder);
      delete state.folder;
    },
  };
}

/** Runs of one audit stay in the order they ended: sorting is stable. */
const byPlace = byEach<Pick<KeptRun, 'target' | 'auditor'>>(
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.auditor, b.auditor),
);

async function keepExchange(
  { target, auditor, invocation, result }: ToolExchange,
  spool: (text: string) => Promise<KeptText>,
  { clock, redact, variableNames }: KeeperOptions,
): Promise<KeptRun> {
  const endedAt = Date.parse(clock.now());
  const collected: KeptRun['collected'][number][] = [];
  for (const [name, text] of Object.entries(result.files).sort(([a], [b]) => byText(a, b))) {
    collected.push({ name, text: await spool(text) });
  }
  return {
    ...{ target, auditor, tool: invocation.tool, version: result.version, status: result.status },
    detail: redact(result.detail).text,
    argv: result.argv.map((word) => redact(word).text),
    exitCode: result.exitCode,
    startedAt: new Date(endedAt - result.durationMs).toISOString(),
    durationMs: result.durationMs,
    environment: [...new Set([...variableNames(invocation.tool), ...Object.keys(invocation.env)])].sort(byText),
    inputs: Object.entries(invocation.files)
      .map(([name, text]) => describeInput(name, text))
      .sort((a, b) => byText(a.name, b.name)),
    stdout: await spool(result.stdout),
    stderr: await spool(result.stderr),
    collected,
  };
}

async function keepSource(
  { target, auditor, ecosystem, answers }: SourceExchange,
  spool: (text: string) => Promise<KeptText>,
  { redact }: KeeperOptions,
): Promise<KeptAnswers> {
  const lines = answers.lookups.map((lookup) => `${JSON.stringify(lookup)}\n`);
  return {
    ...{ target, auditor, ecosystem, source: redact(answers.source).text, packages: lines.length },
    text: await spool(lines.join('')),
  };
}

function describeInput(name: string, text: string): KeptRun['inputs'][number] {
  const bytes = Buffer.from(text, 'utf8');
  return { name, sha256: sha256OfBytes(bytes), bytes: bytes.length };
}

/** Redacted before it is cut, so that no half of a secret is left at the end. */
async function spoolText(text: string, spooled: string, options: KeeperOptions): Promise<KeptText> {
  const most = options.mostCharacters ?? MOST_CHARACTERS;
  const { text: safe, count } = options.redact(text);
  const bytes = Buffer.from(safe.slice(0, most), 'utf8');
  await writeFile(spooled, bytes, { mode: 0o600, flag: 'wx' });
  return {
    spooled,
    sha256: sha256OfBytes(bytes),
    bytes: bytes.length,
    redactions: count,
    ...(safe.length > most ? { receivedCharacters: text.length } : {}),
  };
}
