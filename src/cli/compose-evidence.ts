/** Wires the ports of evidence to their adapters: beside compose.ts, the only file that names them. */
import { createArchiveReader } from '../adapters/evidence/read-archive.ts';
import { createOutputKeeper } from '../adapters/evidence/keep-outputs.ts';
import { createArchiveWriter } from '../adapters/evidence/write-archive.ts';
import { allowedEnvironment } from '../adapters/lib/environment.ts';
import type { Operator } from '../adapters/lib/operator.ts';
import { createRedactor } from '../adapters/lib/redactor.ts';
import { gatherSecrets } from '../adapters/lib/secrets.ts';
import { createOpener, createSealer } from '../adapters/signature/dsse.ts';
import { signText } from '../adapters/signature/ed25519.ts';
import type { Redactor } from '../core/model/evidence.ts';
import type { OpenSeal } from '../core/model/seal.ts';
import type { Signer } from '../pipeline/gather-evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { ArchiveReader, ArchiveWriter, OutputKeeper } from '../ports/evidence.ts';
import type { World } from './world.ts';

/** What a run that is to leave evidence works with. */
export interface EvidenceKit {
  readonly outputs: OutputKeeper;
  readonly redact: Redactor;
  readonly writer: ArchiveWriter;
}

/** What is kept is removed when the process ends. */
export function openEvidence(world: World, operator: Operator, clock: Clock): EvidenceKit {
  const redact = createRedactor(gatherSecrets(operator));
  const nowhere = { home: '', temp: '', cache: '' };
  const outputs = createOutputKeeper({
    tempRoot: world.tempRoot,
    host: world,
    clock,
    redact,
    variableNames: (tool) => Object.keys(allowedEnvironment(operator, tool, nowhere)),
  });
  world.onEnd(() => outputs.discard());
  return { outputs, redact, writer: createArchiveWriter({ repositoryRoot: operator.repositoryRoot, pid: world.pid }) };
}

/** Throws a UsageError for what is no Ed25519 key. */
export function openSigner(privateKeyPem: string): Signer {
  return { seal: createSealer(privateKeyPem), sign: (text) => signText(text, privateKeyPem) };
}

/** Throws a UsageError for what is no Ed25519 key. Without one no signature is looked at. */
export function openSeals(publicKeyPem?: string): OpenSeal {
  return createOpener(publicKeyPem);
}

/** Reads archives wherever they lie. */
export function openArchives(): ArchiveReader {
  return createArchiveReader();
}
