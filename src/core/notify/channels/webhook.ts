/** Any service that takes JSON: the whole digest, signed so that the receiver knows who sent it and when. */
import { callHttp } from '../../model/channel.ts';
import type { Channel } from '../../model/channel.ts';
import { digestSchema } from '../../model/digest.ts';
import type { Digest } from '../../model/digest.ts';
import { jsonText } from '../../report/escape.ts';
import { judgeReply } from '../judge-reply.ts';
import { secretVariable, urlVariable } from '../variables.ts';

export const webhookChannel: Channel = {
  kind: 'webhook',
  variables: [
    urlVariable('URL', 'the address to post to'),
    secretVariable('KEY', 'the key to sign with, shared with the receiver', 16),
  ],
  preview: (digest) => bodyOf(digest, 2),
  *deliver(digest, { URL: url = '', KEY: signingKey = '' }) {
    const headers = { 'content-type': 'application/json' };
    const call = { method: 'POST' as const, url, headers, body: bodyOf(digest), signingKey, repeatable: true };
    return judgeReply(yield* callHttp(call));
  },
};

/** Keys in the order of the schema, as in every other JSON of fixby. */
function bodyOf(digest: Digest, indent = 0): string {
  return `${jsonText(JSON.stringify(digestSchema.parse(digest), null, indent))}\n`;
}
