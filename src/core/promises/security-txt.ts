/** Reads a security.txt (RFC 9116) and holds it against the policy: same contacts, not expired. */
import { readInstant } from '../model/instant.ts';
import { readFiles } from '../model/program.ts';
import { excerpt } from '../model/text.ts';
import { broken, kept, remark } from './evidence.ts';
import type { Contact } from './contacts.ts';
import type { Program } from '../model/program.ts';
import type { Evidence, PromiseFacts } from '../model/promise.ts';

const NAME = /(?:^|\/)(?:\.well-known\/)?security\.txt$/;

/** Whether a file is a security.txt. */
export function isSecurityTxt(path: string): boolean {
  return NAME.test(path);
}

interface Field {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** What every security.txt of the repository says; nothing where there is none. */
export function* checkSecurityTxt(
  contacts: readonly Contact[],
  { paths, now }: PromiseFacts,
): Program<readonly Evidence[]> {
  const files = yield* readFiles(paths.filter(isSecurityTxt).slice(0, 10));
  return files.flatMap((file) => {
    if (file.status !== 'ok')
      return [remark(`${excerpt(file.path)} cannot be read: ${excerpt(file.detail)}`, { file: file.path })];
    const fields = readFields(file.text);
    return [...judgeExpiry(file.path, fields, now), ...judgeContact(file.path, fields, contacts)];
  });
}

function readFields(text: string): readonly Field[] {
  return text.split(/\r?\n/).flatMap((row, index) => {
    const [, name = '', value = ''] = /^([A-Za-z-]{1,40}):\s*(.{1,2000})$/.exec(row.trim()) ?? [];
    return name === '' ? [] : [{ name: name.toLowerCase(), value: value.trim(), line: index + 1 }];
  });
}

function judgeExpiry(file: string, fields: readonly Field[], now: string): readonly Evidence[] {
  const expires = fields.find(({ name }) => name === 'expires');
  const at = expires === undefined ? null : readInstant(expires.value);
  if (expires === undefined || at === null)
    return [
      broken(`${excerpt(file)} states no Expires that can be read, which RFC 9116 demands`, 'Add an Expires line.', {
        file,
      }),
    ];
  const place = { file, line: expires.line };
  return at < now
    ? [broken(`${excerpt(file)} expired on ${at.slice(0, 10)}`, 'Renew its Expires line.', place)]
    : [kept(`${excerpt(file)} holds until ${at.slice(0, 10)}`, place)];
}

function judgeContact(file: string, fields: readonly Field[], contacts: readonly Contact[]): readonly Evidence[] {
  const stated = fields.filter(({ name }) => name === 'contact');
  const [first] = stated;
  if (first === undefined) return [broken(`${excerpt(file)} names no contact`, 'Add a Contact line.', { file })];
  const known = contacts.map(({ address }) => plain(address));
  const same = stated.find(({ value }) => known.includes(plain(value)));
  if (same !== undefined) return [kept(`${excerpt(file)} names the same contact`, { file, line: same.line })];
  const text = `${excerpt(file)} names ${excerpt(first.value)}, which the policy does not`;
  return [broken(text, 'Name the same contact in both.', { file, line: first.line })];
}

function plain(address: string): string {
  return address
    .replace(/^mailto:/i, '')
    .replace(/\/$/, '')
    .toLowerCase();
}
