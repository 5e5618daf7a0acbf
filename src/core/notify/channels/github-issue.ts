/** One issue on GitHub that is kept up to date: opened when there is something to say, closed when all is well, reopened. */
import * as z from 'zod';
import { callHttp } from '../../model/channel.ts';
import type { Channel, ChannelVariable, Delivery, DeliveryOutcome } from '../../model/channel.ts';
import type { Digest } from '../../model/digest.ts';
import { DELIVERED, failed, judgeReply } from '../judge-reply.ts';
import { LONG, writeLetter } from '../letter.ts';
import type { Room } from '../letter.ts';
import { markdownText } from '../media/markdown.ts';
import { secretVariable, urlVariable } from '../variables.ts';
import { parseJson } from '../../model/json.ts';

/** Only who may triage can set it, so that nobody else can pass an issue off as ours. */
const LABEL = 'fixby';

const REPOSITORY: ChannelVariable = {
  suffix: 'REPOSITORY',
  holds: 'the repository that keeps the issue, as owner/name',
  otherwise: { variable: 'GITHUB_REPOSITORY' },
  check: (value) => (/^[\w-][\w.-]*\/(?!\.{1,2}$)[\w.-]+$/.test(value) ? null : 'must be owner/name'),
};

export const githubIssueChannel: Channel = {
  kind: 'github-issue',
  variables: [
    secretVariable('TOKEN', 'a token that may read and write issues', 8),
    REPOSITORY,
    urlVariable('API', 'the base of the API, such as https://github.example.org/api/v3', {
      variable: 'GITHUB_API_URL',
      value: 'https://api.github.com',
    }),
  ],
  preview: (digest) => bodyOf(digest, 'preview'),
  *deliver(digest, { TOKEN: token = '', REPOSITORY: repository = '', API: base = '' }, name) {
    const tracker: Tracker = {
      url: `${base.replace(/\/+$/, '')}/repos/${repository}/issues`,
      headers: headersOf(token),
    };
    const found = yield* findIssue(tracker, markerOf(name));
    if (found.status === 'failed') return found;
    const content = { title: writeLetter(digest, LONG).subject, body: bodyOf(digest, name) };
    if (found.number !== null) return yield* update(tracker, found.number, content, digest.allWell);
    return digest.allWell ? DELIVERED : yield* open(tracker, content);
  },
};

interface Tracker {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Content {
  readonly title: string;
  readonly body: string;
}

/** https://docs.github.com/rest/about-the-rest-api/api-versions */
function headersOf(token: string): Tracker['headers'] {
  return {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'x-github-api-version': '2022-11-28',
  };
}

const issueSchema = z.object({ number: z.int(), body: z.string().nullish(), pull_request: z.unknown().optional() });

type Found =
  { readonly status: 'found'; readonly number: number | null } | Extract<DeliveryOutcome, { status: 'failed' }>;

const PAGE = 100;
const MOST_PAGES = 20;

/** The oldest issue with our label whose body ends with the marker, open or closed. */
function* findIssue({ url, headers }: Tracker, marker: string): Delivery<Found> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = `labels=${LABEL}&state=all&sort=created&direction=asc&per_page=${PAGE}&page=${page}`;
    const reply = yield* callHttp({ method: 'GET', url: `${url}?${query}`, headers, repeatable: true });
    const outcome = judgeReply(reply);
    if (outcome.status === 'failed' || reply.status === 'failed') return outcome as Found;
    const issues = z.array(issueSchema).safeParse(parseJson(reply.body));
    if (!issues.success) return noTracker();
    const ours = issues.data.find((issue) => !issue.pull_request && issue.body?.trimEnd().endsWith(marker) === true);
    if (ours !== undefined) return { status: 'found', number: ours.number };
    if (issues.data.length < PAGE) break;
  }
  return { status: 'found', number: null };
}

/** Not sent again where nobody knows what became of it: the next night finds the issue, or opens it. */
function* open({ url, headers }: Tracker, content: Content): Delivery {
  const body = JSON.stringify({ ...content, labels: [LABEL] });
  const reply = yield* callHttp({ method: 'POST', url, headers, body, repeatable: false });
  const outcome = judgeReply(reply);
  if (outcome.status === 'failed' || reply.status === 'failed') return outcome;
  const created = z.object({ labels: z.array(z.object({ name: z.string() })) }).safeParse(parseJson(reply.body));
  if (!created.success) return noTracker();
  if (created.data.labels.some((label) => label.name === LABEL)) return DELIVERED;
  const detail = `it opened the issue without the label ${LABEL}, by which the next night would find it`;
  return failed(detail, 'Give the token the right to write issues, then set the label by hand.');
}

function* update({ url, headers }: Tracker, number: number, content: Content, isDone: boolean): Delivery {
  const state = isDone ? { state: 'closed', state_reason: 'completed' } : { state: 'open' };
  const body = JSON.stringify({ ...content, ...state });
  return judgeReply(yield* callHttp({ method: 'PATCH', url: `${url}/${number}`, headers, body, repeatable: true }));
}

function noTracker(): Extract<DeliveryOutcome, { status: 'failed' }> {
  return {
    status: 'failed',
    detail: 'it answered with something that is no issue',
    mend: 'Look whether the base of the API is right.',
  };
}

// GitHub takes 65,536 characters. https://github.com/orgs/community/discussions/41331
const LONGEST_BODY = 60_000;

/** From the most to the least there is room for. */
const ROOMS: readonly Room[] = [
  LONG,
  { ...LONG, entries: 40 },
  { ...LONG, entries: 15 },
  { entries: 10, name: 64, sentence: 240, details: false },
];

/** As much as fits; what is left out is counted. */
function bodyOf(digest: Digest, name: string): string {
  let text = '';
  for (const room of ROOMS) {
    text = markdownText(writeLetter(digest, room));
    if (text.length <= LONGEST_BODY) break;
  }
  return `${text.slice(0, LONGEST_BODY)}\n${markerOf(name)}\n`;
}

function markerOf(name: string): string {
  return `<!-- fixby-digest: ${name} -->`;
}
