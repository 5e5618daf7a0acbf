/** The promises about reporting: somebody can be reached, links lead somewhere, a key that was announced has come. */
import { askGit, readFile, readFiles } from '../model/program.ts';
import { excerpt } from '../model/text.ts';
import { findContacts, isPlaceholder, type Contact } from './contacts.ts';
import { addDays, daysBetween } from './dates.ts';
import { broken, cannotTell, kept, remark } from './evidence.ts';
import { readDuration } from './period.ts';
import { checkSecurityTxt } from './security-txt.ts';
import { ANSWER, isStatement } from './wording.ts';
import type { Program } from '../model/program.ts';
import type { Claim, Evidence, Passage, PromiseFacts, PromiseKind } from '../model/promise.ts';

export const reporting: PromiseKind = {
  name: 'reporting',
  title: 'Vulnerabilities can be reported',
  find: (passages) => [
    ...findContactClaim(passages),
    ...passages.filter(isStatement).flatMap((passage) => [...advisoryLinks(passage), ...announcedKeys(passage)]),
  ],
};

const AREA = /\b(?:report|contact|disclos)/i;
const PRIVATE =
  /\bprivate(?:ly)? (?:security )?(?:advisory|vulnerability report)|\breport a vulnerability\b.{0,40}\b(?:tab|button)\b|\bsecurity tab\b/i;

const ANOTHER_WAY =
  /\b(?:forms?|portal|discord|slack|telegram|matrix|signal|whatsapp|phone|call us|chat|hotline|direct message|DM|mailing list)\b|(?:^|\s)@[\w-]{2,}/i;

/** A page, a form, a chat, a number: it may well take reports, and nothing here shows it. */
function namesAnotherWay(passage: Passage): boolean {
  const web = passage.links.some((link) => /^https?:\/\//i.test(link) && !isPlaceholder(link));
  return isStatement(passage) && (web || ANOTHER_WAY.test(passage.text));
}

/** Headings that ask for reports; "Audit reports" and "Disclosure" do not. */
const ASKS =
  /\breport\w*\b.{0,40}\b(?:vulnerab|security|issues?|bugs?|flaws?|problems?)|\b(?:vulnerab|security|bugs?|issues?)\w*\b.{0,30}\breport|^(?:how to )?report(?:ing)?$|^contact(?: us)?$/i;

function inArea({ text, above, kind }: Passage): boolean {
  return above.some((each) => AREA.test(each)) || (kind === 'heading' && AREA.test(text));
}

/** One claim a document: at its first contact, or where it asks for reports and names nobody. */
function findContactClaim(passages: readonly Passage[]): readonly Claim[] {
  const area = passages.filter(inArea);
  const asking = passages.find(({ text, kind }) => kind !== 'code' && /\breport\b.{0,80}\bvulnerabilit/i.test(text));
  const contacts = findContacts(area.length > 0 ? area : passages.filter(isStatement));
  const hidden = passages.find((passage) => isStatement(passage) && PRIVATE.test(passage.text));
  const heading = passages.find(({ kind, text }) => kind === 'heading' && ASKS.test(text));
  const anchor = contacts[0]?.passage ?? hidden ?? asking ?? heading;
  if (anchor === undefined) return [];
  const respond = area.find(
    (passage) => isStatement(passage) && ANSWER.test(passage.text) && readDuration(passage.text) !== null,
  );
  const elsewhere = area.find(namesAnotherWay);
  const halfRead = area.find(({ unread = [] }) => unread.length > 0);
  return [
    {
      passage: anchor,
      promise: 'a vulnerability can be reported to somebody',
      wordless: true,
      *check(facts) {
        const time =
          respond === undefined
            ? remark('no time is stated in which a report is answered')
            : remark('an answer is promised in a stated time', { file: respond.file, line: respond.line });
        return [
          ...judgeContacts(contacts, hidden, anchor, halfRead, elsewhere),
          time,
          ...(yield* checkSecurityTxt(contacts, facts)),
        ];
      },
    },
  ];
}

function judgeContacts(
  contacts: readonly Contact[],
  hidden: Passage | undefined,
  anchor: Passage,
  halfRead: Passage | undefined,
  elsewhere: Passage | undefined,
): readonly Evidence[] {
  const judged = contacts.map(({ address, placeholder, passage: { file, line } }) =>
    placeholder
      ? broken(`the contact ${excerpt(address)} is a placeholder`, 'Write an address that somebody reads.', {
          file,
          line,
        })
      : kept(`${excerpt(address)} is named`, { file, line }),
  );
  if (judged.length > 0) return judged;
  if (hidden === undefined && halfRead !== undefined) {
    const text = `no address is named, and a sentence is understood in part, without ${excerpt((halfRead.unread ?? []).join(', '))}`;
    return [cannotTell('unclear', text, 'Name an address or a form.', { file: halfRead.file, line: halfRead.line })];
  }
  if (hidden === undefined && elsewhere !== undefined) {
    const text = `“${excerpt(elsewhere.text, 80)}” names a way to report that is neither an address nor a program known here`;
    const mend = 'Look whether it takes reports, or name an address beside it.';
    return [cannotTell('unclear', text, mend, { file: elsewhere.file, line: elsewhere.line })];
  }
  if (hidden === undefined)
    return [
      broken('no address and no form is named', 'Name an address or a form.', { file: anchor.file, line: anchor.line }),
    ];
  const text = 'private vulnerability reporting is switched on in the settings of the host, which no file shows';
  const mend = 'Look at the repository settings (Code security), and record it in .fixby/attestations.yaml.';
  return [cannotTell('for-a-person', text, mend, { file: hidden.file, line: hidden.line })];
}

const ADVISORIES = /^https?:\/\/[^/]+\/([^/]+)\/([^/]+)\/security\/advisories(?:\/new|\/GHSA-[\w-]+)?\/?(?:[?#].*)?$/;

function advisoryLinks(passage: Passage): readonly Claim[] {
  const { file, line } = passage;
  return passage.links
    .filter((link) => /\/security\/advisor/i.test(link))
    .map((link) => ({
      passage,
      promise: 'advisories are published where the link leads',
      *check() {
        const mend =
          'Write it as https://github.com/OWNER/REPOSITORY/security/advisories with the names of this repository.';
        if (isPlaceholder(link)) return [broken(`${excerpt(link)} is a placeholder`, mend, { file, line })];
        return [
          ADVISORIES.test(link)
            ? kept(`${excerpt(link)} is well-formed; whether it answers is not asked`, { file, line })
            : broken(`${excerpt(link)} is no address of a repository's advisories`, mend, { file, line }),
        ];
      },
    }));
}

const KEY = /\b(?:PGP|GPG|OpenPGP|(?:public|encryption|signing) key)\b/i;
const LATER = /\b(?:coming soon|soon|tbd|tba|to-?do|pending|to be (?:added|announced|published|provided))\b/i;
const FINGERPRINT = /\b(?:[0-9A-F]{4}[\s:]*){10}\b/i;

/** An announcement may stand for this long before it is no promise any more. */
const PATIENCE_DAYS = 183;

function announcedKeys(passage: Passage): readonly Claim[] {
  const { text, links } = passage;
  if (!KEY.test(text)) return [];
  if (LATER.test(text))
    return [{ passage, promise: 'a key will be published', check: (facts) => checkAnnouncement(passage, facts) }];
  const local = links.filter((link) => !/^[a-z][a-z0-9+.-]*:|^#|^\/\//i.test(link));
  if (!FINGERPRINT.test(text) && local.length === 0) return [];
  return [{ passage, promise: 'a key is published', check: () => checkKey(passage, local) }];
}

function* checkAnnouncement(passage: Passage, { now }: PromiseFacts): Program<readonly Evidence[]> {
  const { file, line } = passage;
  const mend = 'Publish the key, or take the announcement away.';
  const source = yield* readFile(file);
  const text = source.status === 'ok' ? (source.text.split(/\r?\n/)[line - 1] ?? '') : '';
  const reply = yield* askGit({ about: 'line', path: file, line, text });
  if (reply.about === 'unknown')
    return [
      cannotTell('no-evidence', `how old the announcement is, is not known: ${excerpt(reply.detail)}`, mend, {
        file,
        line,
      }),
    ];
  if (reply.origin === null)
    return [cannotTell('no-evidence', 'the announcement is not committed yet', mend, { file, line })];
  const { at, commit, atLeast } = reply.origin;
  const days = Math.floor(daysBetween(at, now));
  const since = `it has been announced since ${atLeast ? 'before ' : ''}${at.slice(0, 10)}`;
  if (days > PATIENCE_DAYS) return [broken(`${since}, for ${days} days`, mend, { file, line, commit })];
  if (atLeast)
    return [cannotTell('no-evidence', `${since}; the clone is shallow`, 'Run it in a full clone.', { file, line })];
  const until = addDays(at, PATIENCE_DAYS).slice(0, 10);
  return [cannotTell('for-a-person', `${since}, and counts as broken after ${until}`, mend, { file, line, commit })];
}

function* checkKey({ file, line, text }: Passage, local: readonly string[]): Program<readonly Evidence[]> {
  const files = yield* readFiles(local.map((link) => link.replace(/^\.?\//, '').replace(/[?#].*$/, '')));
  const fingerprint = FINGERPRINT.exec(text)?.[0].trim();
  return [
    ...(fingerprint === undefined ? [] : [judgeFingerprint(fingerprint, { file, line })]),
    ...files.map((each) =>
      each.status === 'ok' && /BEGIN PGP PUBLIC KEY BLOCK/.test(each.text)
        ? kept(`${excerpt(each.path)} holds a public key`, { file: each.path })
        : broken(`${excerpt(each.path)} holds no public key`, 'Put the key there, or mend the link.', { file, line }),
    ),
  ];
}

function judgeFingerprint(fingerprint: string, place: { readonly file: string; readonly line: number }): Evidence {
  const digits = new Set(fingerprint.replace(/[\s:]/g, '').toUpperCase());
  return digits.size < 6
    ? broken(`the fingerprint ${excerpt(fingerprint)} is a placeholder`, 'Write the real one.', place)
    : kept(`a fingerprint is stated: ${excerpt(fingerprint)}`, place);
}
