/** Slack, by an incoming webhook. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
import { callHttp } from '../../model/channel.ts';
import type { Channel } from '../../model/channel.ts';
import type { Digest } from '../../model/digest.ts';
import { judgeReply } from '../judge-reply.ts';
import { SHORT, writeLetter } from '../letter.ts';
import { mrkdwnBlocks, mrkdwnText } from '../media/mrkdwn.ts';
import { urlVariable } from '../variables.ts';

export const slackChannel: Channel = {
  kind: 'slack',
  variables: [urlVariable('URL', 'the address of the incoming webhook')],
  preview: (digest) => mrkdwnBlocks(writeLetter(digest, SHORT)).join('\n\n'),
  *deliver(digest, { URL: url = '' }) {
    const headers = { 'content-type': 'application/json' };
    return judgeReply(yield* callHttp({ method: 'POST', url, headers, body: messageOf(digest), repeatable: true }));
  },
};

/** `verbatim` keeps Slack from looking for names and addresses in what is only text. */
function messageOf(digest: Digest): string {
  const letter = writeLetter(digest, SHORT);
  const blocks = mrkdwnBlocks(letter).map((text) => ({
    type: 'section',
    text: { type: 'mrkdwn', text, verbatim: true },
  }));
  return JSON.stringify({ text: mrkdwnText(letter.subject), blocks, unfurl_links: false, unfurl_media: false });
}
