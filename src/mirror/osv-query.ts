/** Reads one query of the OSV API: what it asks about, or why this mirror cannot say. */
import * as z from 'zod';
import { ecosystemOf } from '../core/match/affected.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import { excerpt } from '../core/model/text.ts';
import { parsePurl } from './purl.ts';

export interface OsvQuery {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Absent: every record of the package is asked for. */
  readonly version?: string;
  /** Id of the last record of the page before. */
  readonly after?: string;
}

export type ReadQuery =
  { readonly status: 'ok'; readonly query: OsvQuery } | { readonly status: 'refused'; readonly message: string };

const text = z.string().max(1024).nullish();

/** https://google.github.io/osv.dev/post-v1-query/ */
const querySchema = z.object({
  commit: text,
  version: text,
  package: z.object({ name: text, ecosystem: text, purl: text }).nullish(),
  page_token: text,
});

type Package = NonNullable<z.infer<typeof querySchema>['package']>;

/**
 * A query for a commit, or for an ecosystem other than npm and PyPI, is refused: an empty answer would read as "nothing
 * known" where it means "not looked at".
 */
export function readQuery(value: unknown): ReadQuery {
  const parsed = querySchema.safeParse(value);
  if (!parsed.success) return refuse('Invalid query.');
  const { commit, version, package: of, page_token: token } = parsed.data;
  if (isGiven(commit)) return refuse('This mirror answers for packages, not for commits.');
  const named = readPackage(of ?? {});
  if (typeof named === 'string') return refuse(named);
  if (isGiven(version) && named.version !== undefined) return refuse('version specified in params and purl query');
  const wanted = isGiven(version) ? { version } : {};
  return { status: 'ok', query: { ...named, ...wanted, ...(isGiven(token) ? { after: token } : {}) } };
}

/** The package, or the sentence that refuses it. */
function readPackage({ name, ecosystem, purl }: Package): Omit<OsvQuery, 'after'> | string {
  if (isGiven(purl)) {
    if (isGiven(name) || isGiven(ecosystem)) return 'purl and name or ecosystem are both specified';
    return parsePurl(purl) ?? `This mirror does not know the package URL ${excerpt(purl)}.`;
  }
  if (!isGiven(name) || !isGiven(ecosystem)) return 'Invalid query.';
  const known = ecosystemOf(ecosystem);
  return known === null
    ? `This mirror answers for npm and PyPI, not for ${excerpt(ecosystem)}.`
    : { ecosystem: known, name };
}

/** Absent, null and empty mean the same in a protocol buffer. */
function isGiven(value: string | null | undefined): value is string {
  return value !== undefined && value !== null && value !== '';
}

function refuse(message: string): ReadQuery {
  return { status: 'refused', message };
}
