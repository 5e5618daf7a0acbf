/** The kinds of values the configuration holds, each with the sentence that says what is wanted. */
import * as z from 'zod';
import { LONGEST_TEXT, relativePath } from '../document/text-values.ts';
import { REPOSITORY_NAME } from '../model/ledger.ts';
import { isTimeZone } from '../model/time-zone.ts';
import { LENGTH_OF_TIME } from './length-of-time.ts';

/** A name as plug-ins have it. */
export const name = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be a name of small letters, digits and hyphens');

/** A length of time for machines, such as `30 seconds`; `durationMs` gives its milliseconds. */
export const duration = z
  .string()
  .regex(LENGTH_OF_TIME, 'must be a length of time such as "30 seconds", "2 minutes", "6 hours" or "1 day"');

/** A glob relative to the repository. */
export const glob = relativePath;

/** A path of the machine, posix or Windows. The repository's own folder decides no tool. */
export const absolutePath = z
  .string()
  .max(LONGEST_TEXT)
  .regex(
    /^(\/|[A-Za-z]:[\\/])\P{Cc}+$/u,
    'must be an absolute path: a relative one would let the repository choose the program',
  );

/** The base of an HTTP service, without credentials. */
export const httpUrl = z
  .string()
  .max(LONGEST_TEXT)
  .regex(/^https?:\/\/[^\s\p{Cc}]+$/u, 'must be an http or https URL')
  .refine(isUrl, 'must be an http or https URL')
  .refine(
    hasNoCredentials,
    "must not hold a user name, password or token: put those into the operator's own npm, pip or uv configuration or environment",
  );

/** The base of an OSV API. */
export const osvUrl = httpUrl.refine((text) => !/\/v1\/?$/.test(text), 'must be the base of the API, without /v1');

/** Where a PostgreSQL ledger lies. */
export const ledgerUrl = z
  .string()
  .max(LONGEST_TEXT)
  .regex(/^postgres(ql)?:\/\/[^\s\p{Cc}]+$/u, 'must be a postgresql:// address')
  .refine(
    (text) => !/^[^/]+\/\/[^@/?#]*:[^@/?#]*@/.test(text),
    'must not hold a password: put it into FIXBY_LEDGER_URL, or into ~/.pgpass of whoever runs fixby',
  );

/** What a ledger calls this repository. */
export const repositoryName = z
  .string()
  .regex(REPOSITORY_NAME, 'must be 1 to 200 printable ASCII characters without blanks, quotes or backslashes');

/** Where a feed is: the address of an HTTP service without credentials, or a file of the machine. */
export const feedPlace = z
  .string()
  .max(LONGEST_TEXT)
  .regex(
    /^(?:https?:\/\/[^\s\p{Cc}]+|(?:\/|[A-Za-z]:[\\/])\P{Cc}+)$/u,
    'must be an http or https URL, or an absolute path outside the repository',
  )
  .refine((text) => !text.startsWith('http') || isUrl(text), 'must be an http or https URL')
  .refine(hasNoCredentials, 'must not hold a user name, password, token or query');

/** A tag name with one star where the version stands. */
export const tagPattern = z
  .string()
  .max(LONGEST_TEXT)
  .regex(
    /^[^*\s\p{Cc}]*\*[^*\s\p{Cc}]*$/u,
    'must be a tag name with one * where the version stands, such as "v*" or "api-v*"',
  );

/** An IANA time zone. */
export const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, 'must be an IANA time zone such as UTC or Europe/Warsaw');

function isUrl(text: string): boolean {
  return URL.canParse(text);
}

function hasNoCredentials(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { username, password, search, hash } = new URL(text);
  return username === '' && password === '' && search === '' && hash === '';
}
