/** Opens the way to a server of the outside: the operator's proxy and certificates, time limits, and retries with a bound. */
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import { once } from '../../core/model/once.ts';
import type { Variables } from './host.ts';
import type * as Client from './http-client.ts';

export interface ConnectionLimits {
  /** For connecting, for the first byte, and between two bytes. */
  readonly timeoutMs: number;
  /** Tries after the first, for an answer that may come on a second asking. */
  readonly retries: number;
  /** The wait before the first retry; it doubles with each. */
  readonly retryDelayMs: number;
  /** The longest wait before a retry, whatever the server asks for. */
  readonly retryDelayMaxMs: number;
  /** What is sent must not arrive twice: tried again only where it certainly was not taken. */
  readonly once?: boolean;
}

/** Opens the way at its first use, and gives the same one ever after: the client is loaded while the tools run. */
export type Connection = () => Promise<Dispatcher>;

/** `variables` are the operator's: HTTP_PROXY, HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and NODE_EXTRA_CA_CERTS count. Nothing is opened yet. */
export function openConnection(variables: Variables, limits: ConnectionLimits): Connection {
  return once(() => connect(variables, limits));
}

async function connect(variables: Variables, limits: ConnectionLimits): Promise<Dispatcher> {
  const client = await import('./http-client.ts');
  const { timeoutMs, retries, retryDelayMs, retryDelayMaxMs, once = false } = limits;
  const retry = client.interceptors.retry({
    maxRetries: retries,
    minTimeout: retryDelayMs,
    maxTimeout: retryDelayMaxMs,
    statusCodes: once ? [429, 503] : [429, 500, 502, 503, 504],
    ...(once ? { errorCodes: ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'] } : {}),
    // What is posted may arrive twice unless somebody says otherwise: a query, or a message.
    methods: ['GET', 'POST', 'PATCH'],
  });
  return createAgent(client, variables, timeoutMs).compose(retry);
}

function createAgent(client: typeof Client, variables: Variables, timeoutMs: number): Dispatcher {
  const read = (name: string): string => variables[name.toLowerCase()] ?? variables[name] ?? '';
  const tls = certificateRules(variables);
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connect: { timeout: timeoutMs, ...tls } };
  const [httpProxy, httpsProxy, noProxy] = [read('HTTP_PROXY'), read('HTTPS_PROXY'), read('NO_PROXY')];
  if (httpProxy === '' && httpsProxy === '') return new client.Agent(limits);
  // All three are given, since what is left out is read from the process.
  return new client.EnvHttpProxyAgent({ ...limits, httpProxy, httpsProxy, noProxy, requestTls: tls, proxyTls: tls });
}

/** As Node's TLS takes them. */
export interface CertificateRules {
  /** Said here, since NODE_TLS_REJECT_UNAUTHORIZED=0 makes Node believe any server that nothing is said of. */
  readonly rejectUnauthorized: true;
  readonly ca?: string[];
}

/**
 * Which servers are believed. Node itself reads only NODE_EXTRA_CA_CERTS, and forgets it where a list is given: both are in
 * it then. A file that cannot be read changes nothing.
 */
export function certificateRules(variables: Variables): CertificateRules {
  const rejectUnauthorized = true;
  const named = readCertificates(variables['SSL_CERT_FILE']);
  if (named.length === 0) return { rejectUnauthorized };
  const ca = [...rootCertificates, ...named, ...readCertificates(variables['NODE_EXTRA_CA_CERTS'])];
  return { rejectUnauthorized, ca };
}

function readCertificates(file: string | undefined): readonly string[] {
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}
