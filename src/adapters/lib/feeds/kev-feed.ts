/** Reads CISA's catalog of known exploited vulnerabilities. https://www.cisa.gov/known-exploited-vulnerabilities-catalog */
import * as z from 'zod';
import type { KnownExploited } from '../../../core/model/exploitation.ts';
import { readInstant } from '../../../core/model/instant.ts';
import { byText } from '../../../core/model/order.ts';
import type { Feed, FeedContent } from './feed.ts';
import { parseJson } from '../../../core/model/json.ts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => readInstant(text) !== null);

/** One unreadable entry makes the whole unreadable: it might be the one that matters. */
const catalogSchema = z.object({
  dateReleased: z.string().optional(),
  count: z.number().optional(),
  vulnerabilities: z.array(z.object({ cveID: z.string().min(1), dateAdded: day })).min(1),
});

export const kevFeed: Feed<KnownExploited> = {
  read(text, cves): FeedContent<KnownExploited> {
    const catalog = catalogSchema.safeParse(parseJson(text));
    if (!catalog.success) return { status: 'invalid', detail: 'it is no catalog in the form CISA publishes' };
    const { count, dateReleased, vulnerabilities } = catalog.data;
    if (count !== undefined && count !== vulnerabilities.length) {
      return { status: 'invalid', detail: `it counts ${count} entries and holds ${vulnerabilities.length}` };
    }
    const madeAt = readInstant(dateReleased ?? '');
    const entries = vulnerabilities
      .map(({ cveID, dateAdded }) => ({ cve: cveID.trim().toUpperCase(), dateAdded }))
      .filter(({ cve }) => cves.has(cve))
      .sort((a, b) => byText(a.cve, b.cve) || byText(a.dateAdded, b.dateAdded));
    return { status: 'read', ...(madeAt === null ? {} : { madeAt }), entries };
  },
};
