/** A service on loopback that takes notifications, with the configuration and the environment that lead to it. */
import { startServer } from './http-server.ts';
import type { TestServer } from './http-server.ts';

/** Names a chat and a webhook. */
export const HOOK_CONFIG = 'notify: { channels: [{ name: team, kind: slack }, { name: hook, kind: webhook }] }\n';
const KEY = 's3cret-key-0123456789';

export interface Hook {
  readonly server: TestServer;
  /** What was posted, by path. */
  readonly posted: Map<string, string>;
}

/** Answers with `status`, repeating what it got: the most talkative server there is. */
export async function startHook(status = 200): Promise<Hook> {
  const posted = new Map<string, string>();
  const server = await startServer((response, request, path) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      posted.set(path, body);
      response.writeHead(status).end(`no: ${path} ${String(request.headers['x-fixby-signature'])} ${KEY}`);
    });
  });
  return { server, posted };
}

/** The operator's environment for `HOOK_CONFIG`: every secret in it holds the word s3cret. */
export function hookVariables({ server }: Hook): Readonly<Record<string, string>> {
  return {
    FIXBY_NOTIFY_TEAM_URL: `${server.url}/services/s3cret-team`,
    FIXBY_NOTIFY_HOOK_URL: `${server.url}/s3cret-hook`,
    FIXBY_NOTIFY_HOOK_KEY: KEY,
  };
}
