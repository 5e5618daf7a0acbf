/** Mail against a real SMTP server: encrypted, tried again where it may help, and failed where nobody got it. */
import { describe, expect, it } from 'vitest';
import type { Mail } from '../../src/core/model/channel.ts';
import { makeCertificates } from '../support/certificates.ts';
import { startServer } from '../support/http-server.ts';
import { startMailServer } from '../support/mail-server.ts';
import { LIMITS, openOutbox as open } from '../support/outbox.ts';

describe('mail', () => {
  const mail = (server: string, over: Partial<Mail> = {}): Mail => ({
    server,
    from: 'fixby@example.org',
    to: ['a@example.org', 'b@example.org'],
    subject: '[fixby] acme/shop: FAIL, 1 overdue',
    text: 'one overdue',
    html: '<p>one overdue</p>',
    ...over,
  });
  const login = { user: 'me', password: 'p@ss/word' };

  it('is sent over TLS with a login, as text and as HTML', async () => {
    const tls = makeCertificates();
    const server = await startMailServer({ tls, secure: true, login });
    const outbox = open({ variables: { SSL_CERT_FILE: tls.caFile } });
    expect(await outbox.mail(mail(`smtps://me:p%40ss%2Fword@localhost:${server.port}`))).toEqual({ status: 'sent' });
    const [got] = server.mails;
    expect(got).toMatchObject({
      from: 'fixby@example.org',
      to: ['a@example.org', 'b@example.org'],
      user: 'me',
      encrypted: true,
    });
    expect(got?.raw).toMatch(/^Subject: \[fixby\] acme\/shop: FAIL, 1 overdue\r?$/m);
    expect(got?.raw).toContain('Content-Type: text/plain');
    expect(got?.raw).toContain('Content-Type: text/html');
  });

  it('is encrypted by STARTTLS', async () => {
    const tls = makeCertificates();
    const server = await startMailServer({ tls, login });
    const outbox = open({ variables: { SSL_CERT_FILE: tls.caFile } });
    expect(await outbox.mail(mail(`smtp://me:p%40ss%2Fword@localhost:${server.port}`))).toEqual({ status: 'sent' });
    expect(server.mails[0]).toMatchObject({ encrypted: true, user: 'me' });
  });

  it('is not sent to a server whose certificate nobody vouches for', async () => {
    const server = await startMailServer({ tls: makeCertificates(), secure: true });
    const reply = await open().mail(mail(`smtps://localhost:${server.port}`));
    expect(reply.status === 'failed' && reply.detail).toMatch(/certificate/);
    expect(server.mails).toEqual([]);
  });

  it('keeps foreign words in a subject one header', async () => {
    const server = await startMailServer();
    const subject = 'x\r\nBcc: evil@example.org\r\n\r\nbody';
    await open().mail(mail(`smtp://127.0.0.1:${server.port}`, { subject }));
    const [got] = server.mails;
    expect(got?.to).toEqual(['a@example.org', 'b@example.org']);
    expect(got?.raw).not.toMatch(/^Bcc:/im);
  });

  it('is tried again where the server says later', async () => {
    const server = await startMailServer({ refuse: (_what, _address, nth) => (nth === 1 ? 451 : undefined) });
    expect(await open().mail(mail(`smtp://127.0.0.1:${server.port}`))).toEqual({ status: 'sent' });
    expect(server.connections()).toBe(2);
  });

  it('is not tried again where the server says never', async () => {
    const server = await startMailServer({ refuse: () => 550 });
    expect(await open().mail(mail(`smtp://127.0.0.1:${server.port}`))).toMatchObject({ status: 'failed' });
    expect(server.connections()).toBe(1);
  });

  it('is a failure when one recipient of two is refused', async () => {
    const server = await startMailServer({ refuse: (_what, address) => (address.startsWith('b@') ? 550 : undefined) });
    const reply = await open().mail(mail(`smtp://127.0.0.1:${server.port}`));
    expect(reply).toEqual({ status: 'failed', detail: 'it took the mail, and refused 1 of 2 recipients' });
    expect(server.mails).toHaveLength(1);
  });

  it('is a failure with a wrong login', async () => {
    const tls = makeCertificates();
    const server = await startMailServer({ tls, login });
    const outbox = open({ variables: { SSL_CERT_FILE: tls.caFile } });
    const reply = await outbox.mail(mail(`smtp://me:wrong@localhost:${server.port}`));
    expect(reply).toMatchObject({ status: 'failed' });
    expect(server.mails).toEqual([]);
  });

  it('ends with a server that never speaks', async () => {
    const server = await startServer(() => undefined);
    const port = new URL(server.url).port;
    const reply = await open({ limits: { ...LIMITS, retries: 0 } }).mail(mail(`smtp://127.0.0.1:${port}`));
    expect(reply).toMatchObject({ status: 'failed' });
  });
});
