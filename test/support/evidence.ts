/** Small whole archives of evidence, made by the very code that makes them, and ways to spoil them. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRedactor } from '../../src/adapters/lib/redactor.ts';
import { createSealer } from '../../src/adapters/signature/dsse.ts';
import { signText } from '../../src/adapters/signature/ed25519.ts';
import type { LedgerEnd } from '../../src/core/evidence/assemble-evidence.ts';
import type { ArchiveEntry, KeptRun, KeptText } from '../../src/core/model/evidence.ts';
import type { ReportView } from '../../src/core/model/report.ts';
import { gatherEvidence } from '../../src/pipeline/gather-evidence.ts';
import type { EvidenceText, RunRemains, Signer } from '../../src/pipeline/gather-evidence.ts';
import { digest } from './observed.ts';
import { zip } from './zip.ts';

/** A pair of keys in PEM form. */
export function makeKeys(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

export function makeSigner(privateKey: string): Signer {
  return { seal: createSealer(privateKey), sign: (text) => signText(text, privateKey) };
}

/** A run of npm over `web`; its output lies in `folder`. */
export function makeKeptRun(folder: string, over: Partial<KeptRun> = {}): KeptRun {
  mkdirSync(folder, { recursive: true });
  const spool = (name: string, text: string): KeptText => {
    const spooled = join(folder, name);
    writeFileSync(spooled, text);
    return { spooled, sha256: digest(text), bytes: Buffer.byteLength(text), redactions: 0 };
  };
  return {
    target: 'web',
    auditor: 'npm-audit',
    tool: 'npm',
    version: '10.8.2',
    status: 'exited',
    detail: '',
    argv: ['npm', 'audit', '--json'],
    exitCode: 1,
    startedAt: '2025-12-03T10:00:00.000Z',
    durationMs: 900,
    environment: ['HOME', 'PATH'],
    inputs: [],
    stdout: spool('stdout', '{"auditReportVersion":2}\n'),
    stderr: spool('stderr', ''),
    collected: [{ name: 'log.txt', text: spool('log', 'nothing to say\n') }],
    ...over,
  };
}

export const POLICY_TEXT = 'High: 7 days\n';

export interface ArchiveMaking {
  readonly view: ReportView;
  readonly folder: string;
  readonly privateKey?: string;
  readonly ledger?: LedgerEnd;
  readonly over?: Partial<RunRemains>;
}

/** What a run with this view would leave, its one run of npm kept in `folder`. */
export function makeEvidence({ view, folder, privateKey, ledger, over }: ArchiveMaking): EvidenceText {
  const { file, sha256 } = view.policy.source;
  return gatherEvidence(
    {
      view,
      verbose: false,
      sources: [{ kind: 'policy', file, sha256, text: POLICY_TEXT }],
      runs: [makeKeptRun(folder)],
      answers: [],
      ledger: ledger ?? null,
      ...over,
    },
    { redact: createRedactor([]), digest, ...(privateKey === undefined ? {} : { signer: makeSigner(privateKey) }) },
  );
}

/** The bytes of an archive of entries that are all at hand as texts, with some of them changed (`null`: left out). */
export function zipOf(entries: readonly ArchiveEntry[], texts: Readonly<Record<string, string | null>> = {}): Buffer {
  const changed = entries.map((entry) => ({
    name: entry.path,
    content: texts[entry.path] ?? ('text' in entry ? entry.text : readFileSync(entry.spooled, 'utf8')),
  }));
  const added = Object.entries(texts)
    .filter(([path]) => entries.every((entry) => entry.path !== path))
    .map(([name, content]) => ({ name, content: content ?? '' }));
  return zip([...changed, ...added].filter(({ name }) => texts[name] !== null));
}
