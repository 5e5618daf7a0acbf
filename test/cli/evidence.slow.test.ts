/** Evidence of real runs: what real tools wrote is in it, no planted secret is, and the reports come out of it again. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { reportFormats } from '../../src/core/report/registry.ts';
import { createOpener } from '../../src/adapters/signature/dsse.ts';
import { evidenceManifestSchema } from '../../src/core/model/evidence.ts';
import { makeKeys } from '../support/evidence.ts';
import { ROOT, runFixby } from '../support/fixby.ts';
import { makeGitRepository, makeRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import { startSource } from '../support/source.ts';

const keys = makeKeys();

const formatNames = reportFormats.map(({ name }) => name);

/** Where each secret is planted; none may be found anywhere afterwards. */
const PLANTED = {
  npmrc: 'npm_PlantedInHomeNpmrc0123456789abcdefghij',
  projectNpmrc: 'PlantedInProjectNpmrc1',
  variable: 'PlantedInVariable12',
  proxy: 'PlantedInProxyUser12',
  config: 'PlantedInConfigComment',
  policy: 'ghp_PlantedInPolicy0123456789abcdefghijkl',
} as const;

async function unpack(path: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const zip = await yauzl.openPromise(path);
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) chunks.push(chunk);
    texts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  return texts;
}

async function runWithSecrets(): Promise<{ readonly dir: string; readonly out: string; readonly stderr: string }> {
  const { url } = await startSource();
  const { dir } = makeGitRepository({
    'SECURITY.md': `${SECURITY_MD}\nDeploys use ${PLANTED.policy}.\n`,
    '.fixby/config.yaml': `version: 1\n# password: ${PLANTED.config}\n`,
    '.npmrc': `//registry.example/:_authToken=${PLANTED.projectNpmrc}\n`,
    ...npmProject({ lodash: '4.17.21' }),
  });
  const { dir: home } = makeRepository({ '.npmrc': `//registry.example/:_authToken=${PLANTED.npmrc}\n` });
  const { dir: out } = makeRepository({ 'key.pem': keys.privateKey, 'public.pem': keys.publicKey });
  const ran = await runFixby(
    [
      'audit',
      dir,
      '--registry',
      url,
      '--osv-url',
      url,
      '--format',
      ...formatNames,
      '--output',
      join(dir, 'reports'),
      '--evidence',
      join(out, 'evidence.zip'),
      '--attest',
      join(out, 'scan.intoto.jsonl'),
      '--sign-key',
      join(out, 'key.pem'),
    ],
    {
      env: {
        HOME: home,
        DEPLOY_TOKEN: PLANTED.variable,
        NO_PROXY: '127.0.0.1',
        https_proxy: `http://${PLANTED.proxy}:x@127.0.0.1:9`,
      },
    },
  );
  // The lock is of January: what it carries is overdue.
  expect(ran.code).toBe(1);
  return { dir, out, stderr: ran.stderr };
}

describe('the evidence of an audit', () => {
  it('holds what the tool wrote and no secret, and gives the reports back', async () => {
    const { dir, out, stderr } = await runWithSecrets();
    const archive = join(out, 'evidence.zip');
    const texts = await unpack(archive);
    for (const [where, secret] of Object.entries(PLANTED)) {
      for (const [path, text] of texts) expect([where, path, text.includes(secret)]).toEqual([where, path, false]);
      expect(readFileSync(join(out, 'scan.intoto.jsonl'), 'utf8')).not.toContain(secret);
    }
    for (const payload of [...texts.values()].join('\n').matchAll(/"payload":"([^"]+)"/g)) {
      const inner = Buffer.from(payload[1] ?? '', 'base64').toString('utf8');
      expect(Object.values(PLANTED).filter((secret) => inner.includes(secret))).toEqual([]);
    }

    const manifest = evidenceManifestSchema.parse(JSON.parse(texts.get('manifest.json') ?? ''));
    const schema = JSON.parse(readFileSync(join(ROOT, 'schema/evidence.v1.schema.json'), 'utf8')) as object;
    expect(new Ajv2020({ strict: false, validateFormats: false }).validate(schema, manifest)).toBe(true);
    expect(manifest.runs.map(({ tool, exitCode }) => [tool, exitCode])).toEqual([['npm', 1]]);
    expect(manifest.answers).toMatchObject([{ auditor: 'osv', path: 'answers/0001-osv.jsonl' }]);
    expect(texts.get('answers/0001-osv.jsonl')).toContain('GHSA-xxjr-mmjv-4gpg');
    expect(manifest.runs[0]?.environment).toContain('NO_PROXY');
    expect(manifest.sources.map(({ kind }) => kind)).toEqual(['policy', 'configuration']);
    expect(JSON.parse(texts.get('runs/0001-npm/stdout.txt') ?? '')).toMatchObject({ auditReportVersion: 2 });
    expect(stderr).toContain('signed');

    const ledger = ['--ledger', join(dir, '.fixby/ledger.jsonl')];
    const verified = await runFixby([
      'evidence',
      'verify',
      archive,
      '--public-key',
      join(out, 'public.pem'),
      ...ledger,
    ]);
    expect([verified.code, verified.stderr]).toEqual([0, '']);
    const again = join(out, 'again');
    await runFixby(['report', '--from', archive, '--format', ...formatNames, '--output', again]);
    const files = readdirSync(join(dir, 'reports')).filter((name) => name.startsWith('fixby.'));
    expect(files).toHaveLength(formatNames.length);
    for (const file of files) {
      expect(readFileSync(join(again, file), 'utf8')).toBe(readFileSync(join(dir, 'reports', file), 'utf8'));
    }
  });

  it('attests what each auditor found in which lock, in the words of in-toto', async () => {
    const { dir, out } = await runWithSecrets();
    const [line = ''] = readFileSync(join(out, 'scan.intoto.jsonl'), 'utf8').split('\n');
    const opened = createOpener(keys.publicKey)(line);
    expect(opened.status).toBe('holds');
    const statement = JSON.parse(opened.status === 'holds' ? opened.text : '{}') as {
      readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
      readonly predicate: { readonly scanner: { readonly result: readonly { readonly id: string }[] } };
    };
    const hash = execFileSync('sha256sum', [join(dir, 'package-lock.json')], { encoding: 'utf8' }).slice(0, 64);
    expect(statement.subject.find(({ name }) => name === 'package-lock.json')?.digest.sha256).toBe(hash);
    expect(statement.predicate.scanner.result.map(({ id }) => id)).toContain('GHSA-xxjr-mmjv-4gpg');
  });

  it('of a gate whose source is gone holds what the tool said, and attests nothing', async () => {
    const { url } = await startSource({ bulk: (response) => response.writeHead(503).end('out of order') });
    const { dir } = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...npmProject({ lodash: '4.17.21' }) });
    const { dir: out } = makeRepository();
    const archive = join(out, 'evidence.zip');
    const args = [
      'gate',
      dir,
      '--registry',
      url,
      '--osv-url',
      url,
      '--evidence',
      archive,
      '--attest',
      join(out, 'a.jsonl'),
    ];
    const ran = await runFixby(args);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(/none for the \d audits without an answer/);
    expect(readFileSync(join(out, 'a.jsonl'), 'utf8')).toBe('');
    const manifest = evidenceManifestSchema.parse(JSON.parse((await unpack(archive)).get('manifest.json') ?? ''));
    expect(manifest.runs.length).toBeGreaterThan(0);
    expect([manifest.verdict, manifest.attestations]).toEqual(['inconclusive', undefined]);
    expect((await runFixby(['evidence', 'verify', archive])).code).toBe(0);
  });
});

it.each([
  [['--sign-key', 'key.pem'], 'none is asked for'],
  [['--evidence', 'e.zip', '--sign-key', 'nowhere.pem'], 'cannot be read'],
  [['--evidence', 'e.zip', '--sign-key', 'bad.pem'], 'no Ed25519 private key'],
])('refuses %j before anything is audited', async (flags, complaint) => {
  const { dir } = makeGitRepository({ 'SECURITY.md': SECURITY_MD, 'key.pem': keys.privateKey, 'bad.pem': 'x' });
  const ran = await runFixby(['audit', '.', ...flags], { cwd: dir });
  expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(complaint) as string });
});
