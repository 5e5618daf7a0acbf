/** Which channels can be used: the configuration names them, the operator's environment alone says where they lead. */
import { describe, expect, it } from 'vitest';
import { planChannels, variableName } from '../../../src/core/notify/plan-channels.ts';
import { channels } from '../../../src/core/notify/registry.ts';
import { withoutSecrets } from '../../../src/core/notify/without-secrets.ts';

type Wanted = readonly { readonly name: string; readonly kind: string }[];

function plan(wanted: Wanted, variables: Readonly<Record<string, string>> = {}) {
  const { ready, problems } = planChannels({ channels: wanted }, channels, variables);
  return { ready: ready.map(({ name }) => name), problems };
}

const HOOK = 'https://hooks.example.org/services/T000/B000/s3cretpart';

it('derives the name of a variable from the name of the channel', () => {
  expect(variableName('team-chat', 'URL')).toBe('FIXBY_NOTIFY_TEAM_CHAT_URL');
});

it.each<[kind: string, variables: Readonly<Record<string, string>>]>([
  ['slack', { URL: HOOK }],
  ['slack', { URL: 'http://127.0.0.1:8080/hook' }],
  ['teams', { URL: `${HOOK}?sig=abcdef&sv=1.0` }],
  ['webhook', { URL: HOOK, KEY: '0123456789abcdef' }],
  [
    'mail',
    { SERVER: 'smtps://me:p%40ss@mail.example.org', FROM: 'fixby@example.org', TO: 'a@example.org, b@example.org' },
  ],
])('%s is ready with %j', (kind, values) => {
  const variables = Object.fromEntries(
    Object.entries(values).map(([suffix, value]) => [variableName('x', suffix), value]),
  );
  expect(plan([{ name: 'x', kind }], variables)).toEqual({ ready: ['x'], problems: [] });
});

describe('a problem', () => {
  it.each<[what: string, wanted: Wanted, variables: Readonly<Record<string, string>>, code: string, said: string]>([
    ['no channel at all', [], {}, 'notify-no-channel', 'names no channel'],
    ['an unknown kind', [{ name: 'a', kind: 'pager' }], {}, 'notify-unknown-kind', '"pager"'],
    ['a variable that is not set', [{ name: 'a', kind: 'slack' }], {}, 'notify-variable-missing', 'FIXBY_NOTIFY_A_URL'],
    ['an empty one', [{ name: 'a', kind: 'slack' }], { FIXBY_NOTIFY_A_URL: '' }, 'notify-variable-missing', 'not set'],
    ['no URL', [{ name: 'a', kind: 'slack' }], { FIXBY_NOTIFY_A_URL: 's3cret' }, 'notify-variable-wrong', 'is no URL'],
    [
      'plain HTTP',
      [{ name: 'a', kind: 'slack' }],
      { FIXBY_NOTIFY_A_URL: 'http://s3cret.example' },
      'notify-variable-wrong',
      'must be an https URL',
    ],
    [
      'HTTP to a name that only begins like this machine',
      [{ name: 'a', kind: 'slack' }],
      { FIXBY_NOTIFY_A_URL: 'http://127.0.0.1.s3cret.example' },
      'notify-variable-wrong',
      'must be an https URL',
    ],
    [
      'credentials in a URL',
      [{ name: 'a', kind: 'teams' }],
      { FIXBY_NOTIFY_A_URL: 'https://me:s3cret@x.example' },
      'notify-variable-wrong',
      'before an @',
    ],
    [
      'a key that is short',
      [{ name: 'a', kind: 'webhook' }],
      { FIXBY_NOTIFY_A_URL: HOOK, FIXBY_NOTIFY_A_KEY: 's3cret' },
      'notify-variable-wrong',
      'at least 16',
    ],
    [
      'a key with a line end',
      [{ name: 'a', kind: 'webhook' }],
      { FIXBY_NOTIFY_A_URL: HOOK, FIXBY_NOTIFY_A_KEY: 's3cret\r\nx-evil: 1' },
      'notify-variable-wrong',
      'printable ASCII',
    ],
    [
      'a mail server that is a web server',
      [{ name: 'a', kind: 'mail' }],
      {
        FIXBY_NOTIFY_A_SERVER: 'https://s3cret.example',
        FIXBY_NOTIFY_A_FROM: 'a@b.example',
        FIXBY_NOTIFY_A_TO: 'a@b.example',
      },
      'notify-variable-wrong',
      'smtps or smtp',
    ],
    [
      'a recipient with a line end',
      [{ name: 'a', kind: 'mail' }],
      {
        FIXBY_NOTIFY_A_SERVER: 'smtps://m.example',
        FIXBY_NOTIFY_A_FROM: 'a@b.example',
        FIXBY_NOTIFY_A_TO: 'a@b.example\r\nBcc: s3cret@evil.example',
      },
      'notify-variable-wrong',
      'plain mail addresses',
    ],
    [
      'a variable nobody reads',
      [{ name: 'a', kind: 'slack' }],
      { FIXBY_NOTIFY_A_URL: HOOK, FIXBY_NOTIFY_B_URL: HOOK },
      'notify-variable-unread',
      'FIXBY_NOTIFY_B_URL is set',
    ],
  ])('is said of %s, without its value', (_what, wanted, variables, code, said) => {
    const { problems } = plan(wanted, variables);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.message).toContain(said);
    expect(problems[0]?.mend).not.toBe('');
    expect(JSON.stringify(problems)).not.toContain('s3cret');
    expect(problems[0]?.blocks).toBe(false);
  });
});

describe('a configuration of somebody else', () => {
  const operator = { FIXBY_NOTIFY_TEAM_URL: HOOK, FIXBY_NOTIFY_TRACKER_KEY: '0123456789abcdef' };

  it('cannot bring a secret to another address: address and secret come as one set', () => {
    const { ready, problems } = plan([{ name: 'team', kind: 'webhook' }], operator);
    expect(ready).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['notify-variable-missing', 'notify-variable-unread']);
  });

  it('cannot silence a channel unseen', () => {
    expect(plan([], operator).problems.map(({ code }) => code)).toEqual([
      'notify-no-channel',
      'notify-variable-unread',
      'notify-variable-unread',
    ]);
  });
});

it.each([
  ['it answered 404: no hook at /services/T000/B000/s3cretpart', { URL: HOOK }],
  ['it answered 400: s3cretpart is gone', { URL: HOOK }],
  ['it refused the password p@ss-s3cret', { SERVER: 'smtp://me:p%40ss-s3cret@m.example' }],
  ['it refused p%40ss-s3cret', { SERVER: 'smtp://me:p%40ss-s3cret@m.example' }],
  ['bad signature by s3cret-key-0123456', { KEY: 's3cret-key-0123456' }],
  ['unknown ?sig=s3cretsig', { URL: 'https://x.example/?sig=s3cretsig' }],
])('takes the secret out of %j', (text, settings) => {
  const clean = withoutSecrets(text, [{ NAME: 'x' }, settings]);
  expect(clean).not.toContain('s3cret');
  expect(clean).toContain('***');
});

it('offers each kind once', () => {
  expect(new Set(channels.map(({ kind }) => kind)).size).toBe(channels.length);
});
