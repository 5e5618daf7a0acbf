/** One issue for a channel, whatever the nights bring: opened, kept up to date, closed when all is well, reopened. */
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../src/core/model/digest.ts';
import { digestOf } from '../../src/core/notify/digest.ts';
import { planChannels } from '../../src/core/notify/plan-channels.ts';
import { channels } from '../../src/core/notify/registry.ts';
import { notify } from '../../src/pipeline/notify.ts';
import { startTracker } from '../support/issue-tracker.ts';
import type { Tracker, TrackerHow } from '../support/issue-tracker.ts';
import { openOutbox } from '../support/outbox.ts';
import { calmDigest, hostileDigest, newsDigest } from '../unit/notify/digests.ts';
import { HOSTILE_TEXTS, manyView } from '../unit/report/views.ts';

const TOKEN = 'ghs_s3cret0123456789';
const REPOSITORY = 'acme/shop';
const MARKER = '<!-- fixby-digest: tracker -->';

function start(over: Partial<TrackerHow> = {}): Promise<Tracker> {
  return startTracker({ token: TOKEN, repository: REPOSITORY, ...over });
}

/** Tells a tracker as the night job does, and gives the messages of what went wrong. */
async function tell(
  tracker: Tracker,
  digest: Digest,
  over: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const variables = {
    FIXBY_NOTIFY_TRACKER_TOKEN: TOKEN,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_API_URL: tracker.url,
    ...over,
  };
  const plan = planChannels({ channels: [{ name: 'tracker', kind: 'github-issue' }] }, channels, variables);
  const failures = await notify(digest, plan.ready, openOutbox(), () => undefined);
  return [...plan.problems, ...failures].map(({ message }) => message);
}

const states = ({ issues }: Tracker): unknown =>
  issues.map(({ state, title }) => [state, title.includes('all is well')]);

describe('the issue', () => {
  it('is opened once, kept up to date, closed when all is well and reopened', async () => {
    const tracker = await start();
    expect(await tell(tracker, newsDigest)).toEqual([]);
    const [issue] = tracker.issues;
    expect(issue).toMatchObject({ number: 1, state: 'open', labels: [{ name: 'fixby' }] });
    expect(issue?.title).toContain('1 overdue');
    expect(issue?.body.endsWith(`${MARKER}\n`)).toBe(true);
    await tell(tracker, newsDigest);
    expect(states(tracker)).toEqual([['open', false]]);
    await tell(tracker, calmDigest);
    expect(states(tracker)).toEqual([['closed', true]]);
    await tell(tracker, calmDigest);
    await tell(tracker, newsDigest);
    expect(states(tracker)).toEqual([['open', false]]);
  });

  it('is not opened only to say that all is well', async () => {
    const tracker = await start();
    expect(await tell(tracker, calmDigest)).toEqual([]);
    expect(tracker.issues).toEqual([]);
  });

  it('is found behind a hundred others, and nothing else is taken for it', async () => {
    const other = { title: 'x', body: 'x', state: 'open' as const, labels: [{ name: 'fixby' }] };
    const tracker = await start({
      issues: [
        { ...other, body: `${MARKER} and more` },
        { ...other, body: `x\n${MARKER}`, labels: [] },
        { ...other, body: `x\n${MARKER}`, pull_request: {} },
        { ...other, body: '<!-- fixby-digest: other -->' },
        ...Array.from({ length: 120 }, () => other),
        { ...other, body: `x\r\n${MARKER}\r\n`, state: 'closed' },
      ],
    });
    expect(await tell(tracker, newsDigest)).toEqual([]);
    expect(tracker.issues).toHaveLength(125);
    expect(tracker.issues.filter(({ title }) => title !== 'x').map(({ number, state }) => [number, state])).toEqual([
      [125, 'open'],
    ]);
  });

  const digests: readonly (readonly [string, Digest])[] = [
    ['2,000 findings', digestOf(manyView, 'x')],
    ...HOSTILE_TEXTS.map((text) => [text.slice(0, 20), hostileDigest(text)] as const),
  ];

  it.each(digests)('fits, and ends with its mark: %j', async (_what, digest) => {
    const tracker = await start();
    await tell(tracker, digest);
    const [issue] = tracker.issues;
    expect(issue?.body.length).toBeLessThan(65_536);
    expect(issue?.body.endsWith(`\n${MARKER}\n`)).toBe(true);
  });
});

describe('a failure', () => {
  it('is said of a token that is refused, without the token', async () => {
    const tracker = await start();
    const [message] = await tell(tracker, newsDigest, { FIXBY_NOTIFY_TRACKER_TOKEN: 'ghs_other-s3cret' });
    expect(message).toContain('it answered 401');
    const talkative = await start({ fault: () => 403 });
    expect((await tell(talkative, newsDigest)).join()).not.toContain('s3cret');
  });

  it('is said where the label could not be set', async () => {
    const [message] = await tell(await start({ mayLabel: false }), newsDigest);
    expect(message).toContain('without the label fixby');
  });

  it('leaves one issue where opening it was answered with 500', async () => {
    const tracker = await start({ fault: (method) => (method === 'POST' ? 500 : undefined) });
    expect(await tell(tracker, newsDigest)).toHaveLength(1);
    expect(tracker.asked.filter((each) => each.startsWith('POST'))).toHaveLength(1);
  });

  it('is none where a later try goes well', async () => {
    const tracker = await start({ fault: (_method, nth) => (nth === 1 ? 502 : undefined) });
    expect(await tell(tracker, newsDigest)).toEqual([]);
    expect(tracker.issues).toHaveLength(1);
  });

  it('is said of a repository that is none', async () => {
    const tracker = await start();
    expect(await tell(tracker, newsDigest, { FIXBY_NOTIFY_TRACKER_REPOSITORY: 'acme/shop/../other' })).toEqual([
      'The channel tracker cannot be used: the variable FIXBY_NOTIFY_TRACKER_REPOSITORY must be owner/name.',
    ]);
    expect((await tell(tracker, newsDigest, { FIXBY_NOTIFY_TRACKER_REPOSITORY: 'acme/other' }))[0]).toContain('404');
  });
});
