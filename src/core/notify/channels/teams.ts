/** Microsoft Teams, by the webhook of a workflow that posts an Adaptive Card. */
import { callHttp } from '../../model/channel.ts';
import type { Channel } from '../../model/channel.ts';
import type { Digest } from '../../model/digest.ts';
import { judgeReply } from '../judge-reply.ts';
import { SHORT, writeLetter } from '../letter.ts';
import { adaptiveCard } from '../media/card.ts';
import { plainText } from '../media/plain.ts';
import { urlVariable } from '../variables.ts';

export const teamsChannel: Channel = {
  kind: 'teams',
  variables: [urlVariable('URL', 'the address of the workflow webhook')],
  preview: (digest) => plainText(writeLetter(digest, SHORT)),
  *deliver(digest, { URL: url = '' }) {
    const headers = { 'content-type': 'application/json' };
    return judgeReply(yield* callHttp({ method: 'POST', url, headers, body: messageOf(digest), repeatable: true }));
  },
};

/** https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using */
function messageOf(digest: Digest): string {
  const content = adaptiveCard(writeLetter(digest, SHORT));
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
  return JSON.stringify({ type: 'message', attachments: [attachment] });
}
