/** Decides how a mirror may be reached: by this machine alone, or by others with a token over TLS. */
import { isIP } from 'node:net';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { readOperatorFile } from '../compose.ts';

export interface Exposure {
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly token?: string;
}

/** Paths as the operator named them. */
export interface ExposureFiles {
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
}

const SHORTEST_TOKEN = 16;

/** Reads the files. Throws a UsageError for an address that others can reach without both a token and TLS. */
export async function readExposure(host: string, files: ExposureFiles): Promise<Exposure> {
  if ((files.cert === undefined) !== (files.key === undefined)) {
    throw new UsageError(
      'tls-incomplete',
      'A certificate needs its key, and a key its certificate.',
      'Name both --tls-cert and --tls-key.',
    );
  }
  if (!isLoopback(host) && (files.token === undefined || files.cert === undefined)) {
    throw new UsageError(
      'mirror-exposed',
      `On ${excerpt(host)} others can reach the mirror: that needs a token and TLS.`,
      'Add --token-file, --tls-cert and --tls-key, or leave it on 127.0.0.1.',
    );
  }
  const [token, cert, key] = await Promise.all([readToken(files.token), read(files.cert), read(files.key)]);
  return {
    ...(token === undefined ? {} : { token }),
    ...(cert === undefined || key === undefined ? {} : { tls: { cert, key } }),
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

async function readToken(path: string | undefined): Promise<string | undefined> {
  const token = (await read(path))?.trim();
  if (token === undefined || (token.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(token))) return token;
  throw new UsageError(
    'bad-token',
    `${excerpt(path ?? '')} holds no token: one line of at least ${SHORTEST_TOKEN} printable characters without blanks.`,
    'Make one: openssl rand -hex 32',
  );
}

async function read(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const file = await readOperatorFile(path);
  if (file.status === 'ok') return file.text;
  throw new UsageError(
    'file-unreadable',
    `${excerpt(path)} cannot be read: ${file.detail}`,
    'Name a file this user may read.',
  );
}
