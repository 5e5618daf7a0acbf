/** A real SMTP server on loopback that keeps what it is sent, and can be told to refuse. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { Certificates } from './certificates.ts';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string;
  readonly encrypted: boolean;
  /** Headers and body as they came. */
  readonly raw: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: readonly Received[];
  /** Connections so far. */
  readonly connections: () => number;
}

export interface MailServerHow {
  readonly tls?: Certificates;
  /** TLS from the first byte instead of STARTTLS. */
  readonly secure?: boolean;
  readonly login?: { readonly user: string; readonly password: string };
  /** Whether STARTTLS is offered; it is where there are certificates. */
  readonly startTls?: boolean;
  /** Answers the nth try (from 1) to name a sender or a recipient with a refusal; `undefined` takes it. */
  readonly refuse?: (what: 'from' | 'to', address: string, nth: number) => number | undefined;
}

/** It is stopped when the test ends. */
export async function startMailServer(how: MailServerHow = {}): Promise<MailServer> {
  const { tls, secure = false, login, startTls = tls !== undefined, refuse } = how;
  const mails: Received[] = [];
  let connections = 0;
  let asked = 0;
  const judge = (what: 'from' | 'to', address: string, done: (error?: Error) => void): void => {
    const code = refuse?.(what, address, (asked += 1));
    done(code === undefined ? undefined : Object.assign(new Error(`${code} for a reason`), { responseCode: code }));
  };
  const server = new SMTPServer({
    secure,
    ...(tls === undefined ? {} : { key: tls.key, cert: tls.cert }),
    disabledCommands: [...(startTls ? [] : ['STARTTLS']), ...(login === undefined ? ['AUTH'] : [])],
    authOptional: login === undefined,
    disableReverseLookup: true,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onAuth: ({ username, password }, _session, done) => {
      const isRight = username === login?.user && password === login?.password;
      if (isRight) done(null, { user: username ?? '' });
      else done(new Error(`no such login: ${username ?? ''} with ${password ?? ''}`));
    },
    onMailFrom: ({ address }, _session, done) => judge('from', address, done),
    onRcptTo: ({ address }, _session, done) => judge('to', address, done),
    onData: (stream, session, done) => {
      let raw = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        mails.push({ from, to, user: String(session.user ?? ''), encrypted: session.secure, raw });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, connections: () => connections };
}
