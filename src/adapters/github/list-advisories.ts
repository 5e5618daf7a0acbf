/** Asks GitHub for the security advisories a repository published, page by page. https://docs.github.com/rest/security-advisories/repository-advisories */
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { ListPublishedAdvisories, PublishedAdvisories } from '../../ports/published-advisories.ts';
import { openConnection, type Connection, type ConnectionLimits } from '../lib/connection.ts';
import type { Variables } from '../lib/host.ts';
import { describeBody, describeFailure, httpGet, readBytes } from '../lib/http-get.ts';

export interface GithubOptions {
  /** The operator's: GITHUB_API_URL, GITHUB_TOKEN or GH_TOKEN, proxy and certificates count. */
  readonly variables: Variables;
  readonly limits?: Partial<ConnectionLimits>;
}

const LIMITS: ConnectionLimits = { timeoutMs: 20_000, retries: 2, retryDelayMs: 500, retryDelayMaxMs: 10_000 };
const PAGE_BYTES = 8 * 1024 * 1024;
const PAGE_MS = 60_000;

/** A hundred each; a source that never ends is not believed. */
const MOST_PAGES = 50;

/** `OWNER/NAME`, as GitHub allows them. */
const REPOSITORY = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/;

interface Asking {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connection: Connection;
}

/** @throws UsageError, when asked, for a name or an API address that is none. */
export function createGithubAdvisories({ variables, limits }: GithubOptions): ListPublishedAdvisories {
  const connection = openConnection(variables, { ...LIMITS, ...limits });
  return async (repository) => {
    if (!REPOSITORY.test(repository) || repository.endsWith('/..') || repository.endsWith('/.'))
      throw new UsageError(
        'bad-repository',
        `"${excerpt(repository)}" names no repository.`,
        'Write it as OWNER/NAME.',
      );
    const api = readApi(variables['GITHUB_API_URL']);
    const asking = { origin: api.origin, headers: greeting(variables, api), connection };
    const first = `${api.href.replace(/\/$/, '')}/repos/${repository}/security-advisories?state=published&per_page=100`;
    try {
      return await listPages(first, asking);
    } catch (error) {
      return { status: 'unavailable', detail: `${api.origin}: ${describeFailure(error)}` };
    }
  };
}

function readApi(given: string | undefined): URL {
  const text = given === undefined || given === '' ? 'https://api.github.com' : given;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') return url;
  throw new UsageError(
    'bad-url',
    'GITHUB_API_URL is no address of an API.',
    'Set it as https://host/api/v3, or unset it.',
  );
}

/** A token goes over https, or stays on this machine. */
function greeting(variables: Variables, api: URL): Record<string, string> {
  const token = [variables['GITHUB_TOKEN'], variables['GH_TOKEN']].find((each) => each !== undefined && each !== '');
  const safe = api.protocol === 'https:' || api.hostname === '127.0.0.1' || api.hostname === 'localhost';
  const headers = {
    accept: 'application/vnd.github+json',
    'user-agent': 'fixby',
    'x-github-api-version': '2022-11-28',
  };
  return token === undefined || !safe ? headers : { ...headers, authorization: `Bearer ${token}` };
}

async function listPages(first: string, asking: Asking): Promise<PublishedAdvisories> {
  const found: unknown[] = [];
  let address: string | null = first;
  for (let page = 0; address !== null; page += 1) {
    if (page === MOST_PAGES) return unavailable(asking, 'it gave page after page');
    const answer = await askPage(address, asking);
    if ('detail' in answer) return unavailable(asking, answer.detail);
    found.push(...answer.advisories);
    address = answer.next;
  }
  return { status: 'listed', source: first.replace(/\?.*$/, ''), text: JSON.stringify(found) };
}

type Page = { readonly advisories: readonly unknown[]; readonly next: string | null } | { readonly detail: string };

async function askPage(address: string, { origin, headers, connection }: Asking): Promise<Page> {
  const answer = await httpGet({ address, headers, etag: null, connection, totalMs: PAGE_MS });
  const bytes = await readBytes(answer.body, PAGE_BYTES);
  if (bytes === null) return { detail: 'its answer is larger than is taken' };
  const text = bytes.toString('utf8');
  if (answer.status !== 200) return { detail: `it answered ${answer.status} (${describeBody(answer.type, text)})` };
  const advisories = parseList(text);
  if (advisories === null) return { detail: `it answered no list (${describeBody(answer.type, text)})` };
  const next = /<([^<>]*)>\s*;[^,]*\brel="?next"?/.exec(answer.link)?.[1] ?? null;
  // The token goes along: no answer chooses where to.
  const leaves = next !== null && (!URL.canParse(next) || new URL(next).origin !== origin);
  return leaves ? { detail: `its next page is said to be elsewhere (${excerpt(next, 80)})` } : { advisories, next };
}

function parseList(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as readonly unknown[]) : null;
  } catch {
    return null;
  }
}

function unavailable({ origin }: Asking, detail: string): PublishedAdvisories {
  return { status: 'unavailable', detail: `${origin}: ${detail}` };
}
