/** Decides what a finding's advisory is called, said to be and linked to. */
import type { Advisory, OsvRecord } from '../model/advisory.ts';
import type { MergedFinding } from '../model/merged-finding.ts';
import { byEach, byText } from '../model/order.ts';
import { excerpt } from '../model/text.ts';
import { readDates } from './dates.ts';
import { findMalware } from './malware.ts';
import { isOfKnownDatabase, preferredId, rankOf } from './preferred-id.ts';
import { liveRecords, withdrawalOf } from './withdrawal.ts';

const GHSA = /^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/;
const ADVISORY_HOSTS = ['github.com', 'osv.dev'];
const SUMMARY_LENGTH = 200;

/** The advisory of a finding as it stands at `now`. */
export function describeAdvisory(finding: MergedFinding, now: string): Advisory {
  const id = preferredId(finding);
  const dates = readDates(finding.records);
  const withdrawn = withdrawalOf(finding, now);
  return {
    id,
    aliases: finding.ids.filter((each) => each !== id),
    summary: summarize(finding, now) ?? id,
    url: linkTo(id, finding),
    ...(dates.published === undefined ? {} : { published: dates.published.at }),
    ...(dates.modified === undefined ? {} : { modified: dates.modified }),
    ...(withdrawn === null ? {} : { withdrawn }),
    malware: findMalware(finding, now) !== null,
  };
}

/** The first that says something: summaries of records by database, the first sentence of their details, the auditors. */
function summarize({ records, reports }: MergedFinding, now: string): string | undefined {
  const live = liveRecords(records, now);
  const ranked = [...(live.length > 0 ? live : records)].sort(
    byEach<OsvRecord>(
      (a, b) => rankOf(a.id) - rankOf(b.id),
      (a, b) => byText(a.id, b.id),
    ),
  );
  return [
    ...ranked.map((record) => record.summary ?? ''),
    ...ranked.map((record) => firstSentence(record.details ?? '')),
    ...reports.map((report) => report.summary),
  ]
    .map((text) => excerpt(text, SUMMARY_LENGTH))
    .find((text) => text !== '');
}

function firstSentence(text: string): string {
  const start = text.slice(0, 2000).trim();
  return /^.*?[.!?](?=\s|$)/s.exec(start)?.[0] ?? start;
}

/** An advisory page at a host we know; an auditor's own link only to those. */
function linkTo(id: string, { records, reports }: MergedFinding): string {
  if (GHSA.test(id)) return `https://github.com/advisories/${id}`;
  const given = reports.flatMap((report) => safeLink(report.url) ?? []).sort(byText)[0];
  const isKnown = isOfKnownDatabase(id) || records.some((record) => record.id === id);
  return isKnown || given === undefined ? `https://osv.dev/vulnerability/${encodeURIComponent(id)}` : given;
}

function safeLink(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host, username, password, href } = new URL(url);
  const isSafe = protocol === 'https:' && ADVISORY_HOSTS.includes(host) && username === '' && password === '';
  return isSafe ? href : undefined;
}
