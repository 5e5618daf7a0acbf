/** A certificate authority of the test's own and a certificate for this machine, made by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Certificates {
  /** The authority's own, as SSL_CERT_FILE takes it. */
  readonly caFile: string;
  readonly key: string;
  readonly cert: string;
}

/** They are good for a day, and gone when the test ends. */
export function makeCertificates(): Certificates {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-ca-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const run = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  run('req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=fixby test authority');
  run('req', ...curve.slice(0, -2), '-keyout', 'own.key', '-out', 'own.csr', '-subj', '/CN=localhost');
  writeFileSync(join(dir, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'names'];
  run('x509', '-req', '-in', 'own.csr', ...signing, '-out', 'own.pem');
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
  return { caFile: join(dir, 'ca.pem'), key: read('own.key'), cert: read('own.pem') };
}
