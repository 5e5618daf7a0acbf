/** `fixby evidence verify`: what an evidence archive shows, offline, and what it does not. */
import { resolve } from 'node:path';
import { describeEvidence } from '../../core/evidence/describe-proof.ts';
import type { ChainReading } from '../../core/model/ledger-format.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import { jsonText } from '../../core/report/escape.ts';
import { examineEvidence } from '../../pipeline/examine-evidence.ts';
import { openArchives, openSeals } from '../compose-evidence.ts';
import { ledgerFormat, readLines } from '../compose-ledger.ts';
import { readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import type { World } from '../world.ts';

/**
 * 0 when the archive is sound, signed with `publicKey` where one is given, and known to `ledger` where one is given; 1 when it
 * is not; 2 when nothing can be said of it: it is no archive, not whole, or of a later form. `format` is table or json.
 */
export async function runEvidenceVerify(
  world: World,
  file: string,
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  const { publicKey, ledger, format } = options;
  const examined = await examineEvidence(
    {
      path: resolve(world.cwd, file),
      open: openSeals(typeof publicKey === 'string' ? await readText(world, publicKey) : undefined),
      hasKey: typeof publicKey === 'string',
      ...(typeof ledger === 'string' ? { chain: await readChain(world, ledger) } : {}),
      hash: ledgerFormat.hash,
    },
    openArchives(),
  );
  if (examined.status === 'unusable') return refuse(world, file, examined.detail);
  const { proof } = examined;
  world.stdout.write(format === 'json' ? `${jsonText(JSON.stringify(proof, null, 2))}\n` : describeEvidence(proof));
  return proof.sound ? EXIT.pass : EXIT.fail;
}

/** Says on stderr why nothing can be said of an archive, and gives the code for it. */
export function refuse(world: World, file: string, detail: string): number {
  world.stderr.write(`fixby: ${visible(excerpt(file))} proves nothing: ${visible(detail)}.\n`);
  world.stderr.write('  → Name an archive that --evidence wrote, and fetch it again if it was cut off on its way.\n');
  return EXIT.usage;
}

async function readText(world: World, path: string): Promise<string> {
  const file = await readOperatorFile(resolve(world.cwd, path));
  if (file.status === 'ok') return file.text;
  throw new UsageError(
    'file-unreadable',
    `${excerpt(path)} cannot be read: ${file.detail}`,
    'Name a file that is there.',
  );
}

async function readChain(world: World, path: string): Promise<ChainReading> {
  const read = await readLines(resolve(world.cwd, path), true);
  if (read.status === 'read') return ledgerFormat.examineChain(read.lines);
  const detail = read.status === 'missing' ? 'there is no such file.' : read.detail;
  throw new UsageError(
    'ledger-unreadable',
    `${excerpt(path)} cannot be read: ${excerpt(detail)}`,
    'Name the ledger file, or what `fixby ledger export` wrote.',
  );
}
