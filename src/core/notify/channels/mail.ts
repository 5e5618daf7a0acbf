/** Mail, through the operator's own server: the long form, as text and as HTML. */
import { sendMail } from '../../model/channel.ts';
import type { Channel, ChannelVariable } from '../../model/channel.ts';
import { DELIVERED, failed } from '../judge-reply.ts';
import { LONG, writeLetter } from '../letter.ts';
import { htmlDocument } from '../media/html.ts';
import { plainText } from '../media/plain.ts';
import { decodePart } from '../variables.ts';

const SERVER: ChannelVariable = {
  suffix: 'SERVER',
  holds: 'the mail server: smtps://user:password@host:465, or smtp://user:password@host:587 for STARTTLS',
  check(value) {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return 'must be an smtps or smtp URL';
    if (!/^\/?$/.test(url.pathname) || url.search !== '') return 'must end after the port';
    return decodePart(url.username) !== null && decodePart(url.password) !== null
      ? null
      : 'must have a % in its password written as %25';
  },
};

// One plain address; display names and comments are where header tricks live.
const ADDRESS = /^[^\s\p{Cc}@<>,;:"\\()[\]]+@[^\s\p{Cc}@<>,;:"\\()[\]]+$/u;

const FROM: ChannelVariable = {
  suffix: 'FROM',
  holds: 'the address it comes from, such as fixby@example.org',
  check: (value) => (ADDRESS.test(value) ? null : 'must be one plain mail address'),
};

const TO: ChannelVariable = {
  suffix: 'TO',
  holds: 'the addresses it goes to, separated by commas',
  check: (value) =>
    addresses(value).every((each) => ADDRESS.test(each)) ? null : 'must be plain mail addresses separated by commas',
};

export const mailChannel: Channel = {
  kind: 'mail',
  variables: [SERVER, FROM, TO],
  preview(digest) {
    const letter = writeLetter(digest, LONG);
    return `Subject: ${letter.subject}\n\n${plainText(letter)}`;
  },
  *deliver(digest, { SERVER: server = '', FROM: from = '', TO: to = '' }) {
    const letter = writeLetter(digest, LONG);
    const mail = { server, from, to: addresses(to), subject: letter.subject };
    const reply = yield* sendMail({ ...mail, text: plainText(letter), html: htmlDocument(letter) });
    if (reply.status === 'sent') return DELIVERED;
    return failed(reply.detail, 'Look whether the mail server takes mail from here, then run `fixby notify`.');
  },
};

function addresses(list: string): readonly string[] {
  return list.split(',').map((each) => each.trim());
}
