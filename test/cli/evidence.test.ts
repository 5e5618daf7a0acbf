/** Archives of evidence as an auditor meets them: what is shown, by which exit code, and reports made again from them. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runEvidenceVerify } from '../../src/cli/commands/evidence.ts';
import { runReport } from '../../src/cli/commands/report.ts';
import { openLedger, ledgerFormat } from '../../src/cli/compose-ledger.ts';
import { createArchiveWriter } from '../../src/adapters/evidence/write-archive.ts';
import type { EvidenceProof } from '../../src/core/model/evidence-proof.ts';
import type { ReportView } from '../../src/core/model/report.ts';
import { reportFormats } from '../../src/core/report/registry.ts';
import { readLedgerEnd } from '../../src/pipeline/gather-evidence.ts';
import { makeEvidence, makeKeys, makeSigner, zipOf } from '../support/evidence.ts';
import type { ArchiveMaking } from '../support/evidence.ts';
import { makeWorld, recordRun, runInProcess, runProgram } from '../support/in-process.ts';
import type { CommandRun } from '../support/in-process.ts';
import { day, observed, sighting } from '../support/observed.ts';
import { makeRepository } from '../support/repository.ts';
import { zip } from '../support/zip.ts';
import { cleanView, richView } from '../unit/report/views.ts';

const keys = makeKeys();

/** A folder with `evidence.zip`, `public.pem` and the key of somebody else. */
async function makeFolder(over: Partial<ArchiveMaking> = {}, signed = true): Promise<string> {
  const { dir } = makeRepository({ 'public.pem': keys.publicKey, 'other.pem': makeKeys().publicKey });
  const { entries } = makeEvidence({
    view: richView,
    folder: join(dir, 'kept'),
    ...(signed ? { privateKey: keys.privateKey } : {}),
    ...over,
  });
  await createArchiveWriter({ repositoryRoot: dir, pid: 1 }).write(join(dir, 'evidence.zip'), entries);
  return dir;
}

function verify(
  dir: string,
  options: Readonly<Record<string, unknown>> = {},
  file = 'evidence.zip',
): Promise<CommandRun> {
  return runInProcess(dir, (world) => runEvidenceVerify(world, file, { format: 'table', ...options }));
}

function report(dir: string, options: Readonly<Record<string, unknown>>): Promise<CommandRun> {
  return runInProcess(dir, (world) => runReport(world, '.', { from: 'evidence.zip', ...options }));
}

describe('evidence verify', () => {
  it('says what a sound archive shows, and what it does not', async () => {
    const { code, stdout } = await verify(await makeFolder());
    expect(code).toBe(0);
    expect(stdout).toContain('✔');
    expect(stdout).toMatch(/Shown:\n {2}- Every file is as the manifest lists it/);
    expect(stdout).toMatch(/Not shown:\n {2}- Who made it/);
  });

  it('checks the key', async () => {
    const dir = await makeFolder();
    expect(await verify(dir, { publicKey: 'public.pem' })).toMatchObject({ code: 0 });
    expect(await verify(dir, { publicKey: 'other.pem' })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('was not signed with this key') as string,
    });
    const unsigned = await makeFolder({}, false);
    expect(await verify(unsigned, { publicKey: 'public.pem' })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('The manifest is not signed.') as string,
    });
  });

  it('refuses a key that is none', async () => {
    const dir = await makeFolder();
    writeFileSync(join(dir, 'public.pem'), 'x');
    expect(await verify(dir, { publicKey: 'public.pem' })).toMatchObject({ code: 2 });
    expect(await verify(dir, { publicKey: 'nowhere.pem' })).toMatchObject({ code: 2 });
  });

  it('gives the same as JSON', async () => {
    const { stdout } = await verify(await makeFolder(), { format: 'json' });
    expect(JSON.parse(stdout) as EvidenceProof).toMatchObject({
      schema: 'fixby.evidence-proof/v1',
      sound: true,
      runs: 1,
    });
    const argv = ['evidence', 'verify', 'evidence.zip', '--format', 'html'];
    expect(await runProgram(argv, { cwd: await makeFolder() })).toMatchObject({ code: 2, stdout: '' });
  });

  const changed = JSON.stringify({ ...richView, verdict: 'pass' });
  it.each<[string, Readonly<Record<string, string | null>>, string]>([
    ['another verdict', { 'report.json': changed }, 'report.json is not what was listed.'],
    ['no output of the tool', { 'runs/0001-npm/stdout.txt': null }, 'stdout.txt is listed and not there.'],
    ['another output of the tool', { 'runs/0001-npm/stdout.txt': '{}' }, 'stdout.txt is not what was listed.'],
    ['another policy', { 'sources/policy.md': 'High: 9 days\n' }, 'policy.md is not what was listed.'],
    ['one file more', { 'runs/0002-npm.txt': 'x' }, 'is in the archive and in no list.'],
    ['no signature', { 'manifest.dsse.json': null }, 'The manifest is not signed.'],
  ])('exits with 1 for an archive with %s', async (_, texts, complaint) => {
    const { dir } = makeRepository({ 'public.pem': keys.publicKey });
    const { entries } = makeEvidence({ view: richView, folder: join(dir, 'kept'), privateKey: keys.privateKey });
    writeFileSync(join(dir, 'evidence.zip'), zipOf(entries, texts));
    const ran = await verify(dir, { publicKey: 'public.pem' });
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining(complaint) as string });
    expect((await report(dir, { format: ['json'] })).code).toBe(1);
  });

  it.each<[string, Uint8Array | string, string]>([
    ['garbage', 'not an archive', 'End of central directory'],
    ['another archive', zip([{ name: 'a.txt', content: 'a' }]), 'no manifest.json'],
    ['a later form', zip([{ name: 'manifest.json', content: '{"schema":"fixby.evidence/v9"}' }]), 'a later fixby'],
    ['a bomb', zip([{ name: 'manifest.json', content: Buffer.alloc(140 * 1024 * 1024) }]), 'unpacks to more than'],
  ])('exits with 2 for %s', async (_, bytes, complaint) => {
    const { dir } = makeRepository({ 'evidence.zip': bytes });
    for (const ran of [await verify(dir), await report(dir, {})]) {
      expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(complaint) as string });
    }
  });

  it('exits with 2 for one that was cut off, wherever', async () => {
    const dir = await makeFolder();
    const whole = readFileSync(join(dir, 'evidence.zip'));
    for (const share of [0.1, 0.5, 0.99]) {
      writeFileSync(join(dir, 'evidence.zip'), whole.subarray(0, Math.floor(whole.length * share)));
      expect(await verify(dir)).toMatchObject({ code: 2 });
    }
  });

  it('holds the archive against a ledger', async () => {
    const { dir } = makeRepository();
    await recordRun(dir, observed([sighting()]), day(1));
    const silent = { write: () => undefined };
    const ledger = await openLedger(makeWorld(dir, { stdout: silent, stderr: silent }), dir, {}, 'read');
    const end = await readLedgerEnd(ledger, ledgerFormat, makeSigner(keys.privateKey));
    await ledger.close();
    if (end === null) throw new Error('no end of a ledger');
    const { entries } = makeEvidence({ view: richView, folder: join(dir, 'kept'), ledger: end });
    await createArchiveWriter({ repositoryRoot: dir, pid: 1 }).write(join(dir, 'evidence.zip'), entries);
    const held = (file: string): Promise<CommandRun> => verify(dir, { ledger: file });

    await recordRun(dir, observed([]), day(2));
    expect(await held('.fixby/ledger.jsonl')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the run was recorded') as string,
    });
    const lines = readFileSync(join(dir, '.fixby/ledger.jsonl'), 'utf8').split('\n');
    writeFileSync(join(dir, 'short.jsonl'), `${lines.slice(0, 1).join('\n')}\n`);
    expect(await held('short.jsonl')).toMatchObject({ code: 1, stdout: expect.stringContaining('cut off') as string });
    writeFileSync(join(dir, 'other.jsonl'), lines.join('\n').replace('"severity":"high"', '"severity":"low"'));
    expect(await held('other.jsonl')).toMatchObject({ code: 1 });
    expect(await held('nowhere.jsonl')).toMatchObject({ code: 2 });
  });

  it('says that an archive without a ledger cannot be held against one', async () => {
    const dir = await makeFolder();
    writeFileSync(join(dir, 'ledger.jsonl'), '');
    expect(await verify(dir, { ledger: 'ledger.jsonl' })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('names no end of a ledger') as string,
    });
  });
});

describe('report --from', () => {
  it.each(reportFormats.map(({ name }) => [name]))('writes %s again, byte for byte', async (name) => {
    const format = reportFormats.find((each) => each.name === name);
    for (const verbose of [false, true]) {
      const dir = await makeFolder({ over: { verbose } });
      await report(dir, { format: [name], output: 'out' });
      const [file = ''] = readdirSync(join(dir, 'out'));
      const plain = { color: false, width: 100, verbose };
      const renderer = await format?.load();
      expect(readFileSync(join(dir, 'out', file), 'utf8')).toBe(renderer?.render(richView, plain));
    }
  });

  it('has the exit code of the verdict', async () => {
    const code = async (view: ReportView): Promise<number> => (await report(await makeFolder({ view }), {})).code;
    expect([
      await code(richView),
      await code(cleanView),
      await code({ ...cleanView, verdict: 'inconclusive' }),
    ]).toEqual([1, 0, 3]);
  });

  it('takes no other source beside', async () => {
    const dir = await makeFolder();
    for (const flag of [{ asOf: '2026-01-01' }, { underCurrentPolicy: true }, { config: 'x' }])
      expect(await report(dir, flag)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--from takes everything') as string,
      });
  });
});
