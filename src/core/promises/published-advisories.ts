/** Reads the advisories a project published, as GitHub's API lists them; drafts and reports nobody accepted count for nothing. */
import * as z from 'zod';
import { readInstant } from '../model/instant.ts';
import { byEach, byText } from '../model/order.ts';
import type { PolicySeverity } from '../model/policy.ts';

const moment = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === undefined ? null : readInstant(text)));
const user = z.object({ login: z.string() }).nullish();

/** https://docs.github.com/rest/security-advisories/repository-advisories. `comments` are not among what the API gives; an export may carry them. */
const advisorySchema = z.object({
  ghsa_id: z.string().min(1).max(64),
  cve_id: z.string().nullish(),
  summary: z.string().nullish(),
  severity: z.string().nullish(),
  state: z.string().nullish(),
  author: user,
  created_at: moment,
  published_at: moment,
  withdrawn_at: moment,
  vulnerabilities: z.array(z.object({ patched_versions: z.string().nullish() })).nullish(),
  comments: z.array(z.object({ created_at: moment, user })).nullish(),
});

/** Pages put together by a tool come as lists of lists. */
const exportSchema = z.union([
  z.array(advisorySchema),
  z.array(z.array(advisorySchema)).transform((pages) => pages.flat()),
]);

/** Moments are UTC ISO-8601 with milliseconds; `null` where the export does not say. */
export interface PublishedAdvisory {
  readonly id: string;
  readonly cve: string | null;
  readonly severity: PolicySeverity | null;
  readonly createdAt: string | null;
  readonly publishedAt: string;
  /** Versions without their operators. */
  readonly patched: readonly string[];
  /** Comments of others than the reporter, oldest first; `null` when the export carries none. */
  readonly answers: readonly string[] | null;
}

/** Oldest first; `null` for a text that is no such list. */
export function readAdvisories(text: string): readonly PublishedAdvisory[] | null {
  const parsed = exportSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const byAge = byEach<PublishedAdvisory>(
    (a, b) => byText(a.publishedAt, b.publishedAt),
    (a, b) => byText(a.id, b.id),
  );
  return parsed.data.flatMap((raw) => toAdvisory(raw) ?? []).sort(byAge);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const SEVERITIES: Readonly<Record<string, PolicySeverity>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
};

function toAdvisory(raw: z.infer<typeof advisorySchema>): PublishedAdvisory | null {
  const { published_at: publishedAt, withdrawn_at: withdrawn } = raw;
  if (publishedAt === null || withdrawn !== null) return null;
  const severity = (raw.severity ?? '').toLowerCase();
  return {
    id: raw.ghsa_id,
    cve: raw.cve_id ?? null,
    severity: Object.hasOwn(SEVERITIES, severity) ? (SEVERITIES[severity] ?? null) : null,
    createdAt: raw.created_at,
    publishedAt,
    patched: (raw.vulnerabilities ?? []).flatMap(
      ({ patched_versions: versions }) => versions?.match(/\d[\w.+-]*/g) ?? [],
    ),
    answers: answersTo(raw),
  };
}

function answersTo({ comments, author }: z.infer<typeof advisorySchema>): readonly string[] | null {
  if (comments === null || comments === undefined) return null;
  const others = comments.filter(({ user: who }) => who?.login !== author?.login);
  return others.flatMap(({ created_at: at }) => at ?? []).sort(byText);
}
