/** Describes an OSV API from its address: where records lie, how it is greeted, what it is called in a report. */
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { credentialsIn, plainAddress } from '../lib/address.ts';
import type { CredentialsFor } from '../lib/npm-credentials.ts';
import { redact } from '../lib/redact.ts';

/** The public OSV API. https://google.github.io/osv.dev/api/ */
export const DEFAULT_OSV_URL = 'https://api.osv.dev';

export interface OsvSource {
  /** The base without credentials and without a slash at its end. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The address of one record; `id` is a valid advisory id. */
  addressOf(id: string): string;
  /** Where many queries are asked at once. */
  readonly batchAddress: string;
}

/**
 * `url` is the base of an OSV API, without `/v1`; what it holds of credentials comes before what `credentialsFor` knows.
 * @throws UsageError for one that is no http(s) address.
 */
export function describeSource(url: string, credentialsFor: CredentialsFor = () => ({})): OsvSource {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.search !== '' || parsed.hash !== '') {
    const mend = `Give the base of an OSV API, such as ${DEFAULT_OSV_URL}.`;
    throw new UsageError('osv-url', `${excerpt(redact(url))} is no address of an OSV API.`, mend);
  }
  const name = plainAddress(parsed);
  return {
    name,
    headers: { accept: 'application/json', ...credentialsFor(new URL(name)), ...credentialsIn(parsed) },
    batchAddress: `${name}/v1/querybatch`,
    addressOf: (id) => `${name}/v1/vulns/${encodeURIComponent(id)}`,
  };
}
