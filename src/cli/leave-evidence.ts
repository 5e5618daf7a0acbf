/** `--evidence`, `--attest` and `--sign-key`: what a run leaves for an auditor besides its reports. */
import { basename, dirname, resolve } from 'node:path';
import { UsageError } from '../core/model/problem.ts';
import type { ReportView } from '../core/model/report.ts';
import { excerpt, visible } from '../core/model/text.ts';
import { gatherEvidence } from '../pipeline/gather-evidence.ts';
import type { RunRemains, Signer } from '../pipeline/gather-evidence.ts';
import { digestText } from './compose-ledger.ts';
import { openSigner } from './compose-evidence.ts';
import type { EvidenceKit } from './compose-evidence.ts';
import { openSink, readOperatorFile } from './compose.ts';
import type { World } from './world.ts';

/** The variable that holds a key in PEM form, as CI systems hand secrets over. */
export const SIGN_KEY_VARIABLE = 'FIXBY_SIGN_KEY';

/** Where evidence goes, and who signs it. Paths are absolute. */
export interface EvidencePlan {
  readonly archive?: string;
  readonly attestations?: string;
  readonly signer?: Signer;
}

/** `undefined` when no evidence is wanted. Throws a UsageError for a key that cannot be used, before anything is audited. */
export async function planEvidence(
  world: World,
  raw: Readonly<Record<string, unknown>>,
): Promise<EvidencePlan | undefined> {
  const { evidence, attest, signKey } = raw;
  if (typeof evidence !== 'string' && typeof attest !== 'string') {
    if (signKey === undefined) return undefined;
    throw new UsageError(
      'nothing-to-sign',
      '--sign-key signs evidence, and none is asked for.',
      'Add --evidence FILE.',
    );
  }
  const pem = await readKey(world, signKey);
  return {
    ...(typeof evidence === 'string' ? { archive: resolve(world.cwd, evidence) } : {}),
    ...(typeof attest === 'string' ? { attestations: resolve(world.cwd, attest) } : {}),
    ...(pem === undefined ? {} : { signer: openSigner(pem) }),
  };
}

async function readKey(world: World, named: unknown): Promise<string | undefined> {
  if (typeof named !== 'string') {
    const given = world.env[SIGN_KEY_VARIABLE] ?? '';
    return given === '' ? undefined : given;
  }
  const file = await readOperatorFile(resolve(world.cwd, named));
  if (file.status === 'ok') return file.text;
  const message = `${excerpt(named)} cannot be read: ${file.detail}`;
  throw new UsageError('key-unreadable', message, 'Name the PEM file of an Ed25519 key.');
}

export type Leavings = Omit<RunRemains, 'runs' | 'answers'> & {
  readonly quiet: boolean;
  readonly repositoryRoot: string;
};

/** Writes what was asked for, and says where on stderr. Throws a UsageError when something cannot be written. */
export async function leaveEvidence(
  world: World,
  plan: EvidencePlan,
  kit: EvidenceKit,
  { quiet, repositoryRoot, ...remains }: Leavings,
): Promise<void> {
  const say = (text: string): void => {
    if (!quiet) world.stderr.write(`fixby: ${visible(text)}\n`);
  };
  const { signer } = plan;
  const { entries, attestations } = gatherEvidence(
    { ...remains, ...kit.outputs.kept() },
    { redact: kit.redact, digest: digestText, ...(signer === undefined ? {} : { signer }) },
  );
  const signed = signer === undefined ? 'not signed' : 'signed';
  if (plan.archive !== undefined) {
    const path = await kit.writer.write(plan.archive, entries);
    say(`the evidence is in ${path} (${entries.length} files, ${signed}); \`fixby evidence verify\` checks it`);
  }
  if (plan.attestations !== undefined) {
    const [folder, name] = [dirname(plan.attestations), basename(plan.attestations)];
    await openSink(folder, repositoryRoot).write([{ path: name, text: attestations }]);
    say(`${countLines(attestations)} attestations are in ${plan.attestations} (${signed})${whyFew(remains.view)}`);
  }
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

/** Nothing is attested of what was not looked at. */
function whyFew({ targets }: ReportView): string {
  const silent = targets.filter(({ outcome }) => outcome === 'unavailable').length;
  return silent === 0 ? '' : `; none for the ${silent} audits without an answer`;
}
