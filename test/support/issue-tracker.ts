/** A tracker on loopback that speaks the three requests of GitHub's issue API, with the same rules and a memory. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from './http-server.ts';

export interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  labels: { readonly name: string }[];
  readonly pull_request?: object;
}

export interface Tracker {
  readonly url: string;
  readonly issues: Issue[];
  /** `METHOD /path` so far, without queries. */
  readonly asked: string[];
}

export interface TrackerHow {
  readonly token: string;
  readonly repository: string;
  /** What is there before. */
  readonly issues?: readonly Omit<Issue, 'number'>[];
  /** A token that may open issues and set no label. */
  readonly mayLabel?: boolean;
  /** Answers in its place when it gives a status. */
  readonly fault?: (method: string, nth: number) => number | undefined;
}

export async function startTracker(how: TrackerHow): Promise<Tracker> {
  const issues: Issue[] = (how.issues ?? []).map((issue, index) => ({ number: index + 1, ...issue }));
  const asked: string[] = [];
  const server = await startServer((response, request, path) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      asked.push(`${request.method ?? ''} ${path.split('?')[0] ?? ''}`);
      const [status, answer] = answerTo(request, path, body, issues, how, asked.length);
      send(response, status, answer);
    });
  });
  return { url: server.url, issues, asked };
}

function answerTo(
  { method = '', headers }: IncomingMessage,
  path: string,
  body: string,
  issues: Issue[],
  { token, repository, mayLabel = true, fault }: TrackerHow,
  nth: number,
): readonly [number, unknown] {
  const failing = fault?.(method, nth);
  if (failing !== undefined) return [failing, { message: `no: ${headers.authorization ?? ''}` }];
  if (headers.authorization !== `Bearer ${token}`) return [401, { message: 'Bad credentials' }];
  const url = new URL(path, 'http://tracker.invalid');
  const base = `/repos/${repository}/issues`;
  if (method === 'GET' && url.pathname === base) return [200, page(issues, url.searchParams)];
  if (!url.pathname.startsWith(base)) return [404, { message: 'Not Found' }];
  const content = JSON.parse(body) as Partial<Issue> & { readonly labels?: readonly string[] };
  if (method === 'POST' && url.pathname === base) {
    const labels = mayLabel ? ((content.labels ?? []) as unknown as readonly string[]).map((name) => ({ name })) : [];
    const issue: Issue = { number: issues.length + 1, title: '', body: '', ...content, state: 'open', labels };
    issues.push(issue);
    return [201, issue];
  }
  const issue = issues.find(({ number }) => url.pathname === `${base}/${number}`);
  if (method !== 'PATCH' || issue === undefined) return [404, { message: 'Not Found' }];
  return [200, Object.assign(issue, content)];
}

function page(issues: readonly Issue[], query: URLSearchParams): readonly Issue[] {
  const size = Number(query.get('per_page'));
  const from = (Number(query.get('page')) - 1) * size;
  const label = query.get('labels');
  const state = query.get('state');
  return issues
    .filter((issue) => issue.labels.some(({ name }) => name === label) && (state === 'all' || issue.state === state))
    .slice(from, from + size);
}

function send(response: ServerResponse, status: number, answer: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer));
}
