/** Finds the ways a document names to report a vulnerability, and tells real ones from placeholders. */
import type { Passage } from '../model/promise.ts';

export interface Contact {
  readonly kind: 'mail' | 'web';
  /** An address without `mailto:`, or a URL. */
  readonly address: string;
  readonly passage: Passage;
  readonly placeholder: boolean;
}

const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const BRACKETED =
  /\[(?:insert |your |add )?[^\]]*(?:e-?mail|contact|address)[^\]]*\]|<(?:your|insert)[^>]*>|\b(?:TODO|TBD|FIXME)\b/i;
const WEB =
  /^https?:\/\/[^/]*(?:hackerone\.com|bugcrowd\.com|intigriti\.com|yeswehack\.com|huntr\.|openbugbounty\.org|tidelift\.com)|\/security\/advisories\/new|\/security\/(?:report|policy|disclos)|report[-_]?(?:a-)?vulnerab|\/\.well-known\/security\.txt/i;
const MADE_UP =
  /@(?:example|test|invalid|yourdomain|your-?domain|your-?company|yourcompany|company|domain|mycompany|acme|email|localhost)\.|@(?:[\w-]+\.)*example\.(?:com|org|net)$|^(?:your|name|user|someone|email)[\w.-]*@|\bexample\.(?:com|org|net)\b|\/(?:your|<|OWNER|owner|USER|user|username|org|organization|my-?org)[\w-]*\/(?:REPO|repo|repository|your|project|my-?repo)[\w-]*(?:\/|$)/;

/** The contacts of the passages, each once, in order. */
export function findContacts(passages: readonly Passage[]): readonly Contact[] {
  const seen = new Set<string>();
  return passages.flatMap(contactsOf).filter(({ address }) => !seen.has(address) && seen.add(address));
}

function contactsOf(passage: Passage): readonly Contact[] {
  const mails = [...`${passage.text} ${passage.links.join(' ')}`.matchAll(MAIL)].map(([address]) =>
    address.replace(/[.-]+$/, ''),
  );
  const webs = passage.links.filter((link) => WEB.test(link));
  const blank = mails.length + webs.length === 0 ? BRACKETED.exec(passage.text)?.[0] : undefined;
  return [
    ...mails.map((address) => ({ kind: 'mail', address, passage, placeholder: isPlaceholder(address) }) as const),
    ...webs.map((address) => ({ kind: 'web', address, passage, placeholder: isPlaceholder(address) }) as const),
    ...(blank === undefined ? [] : [{ kind: 'mail', address: blank, passage, placeholder: true } as const]),
  ];
}

/** Whether an address is one that a template left to be filled in. */
export function isPlaceholder(address: string): boolean {
  return MADE_UP.test(address);
}
