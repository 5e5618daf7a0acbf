/** The promise that there is no known vulnerability: now, and on the day it was written for. */
import { excerpt } from '../model/text.ts';
import { readReport } from './audit-report.ts';
import { findDay } from './dates.ts';
import { broken, cannotTell, kept } from './evidence.ts';
import { isStatement } from './wording.ts';
import type { ReportFinding } from '../model/report.ts';
import type { Claim, Evidence, Passage, PromiseKind } from '../model/promise.ts';

export const noKnownVulnerabilities: PromiseKind = {
  name: 'no-known-vulnerabilities',
  title: 'There is no known vulnerability',
  find: (passages) => passages.filter(isStatement).flatMap(claimsOf),
};

const NONE =
  /\b(?:zero|0|no|free of|without) (?:currently )?(?:(?:known|open|outstanding|unpatched|unresolved)(?: (?:security|critical|high))? (?:vulnerabilit|CVEs?\b|advisor|security (?:issue|flaw)s)|(?:security )?vulnerabilit(?:y|ies) (?:found|known|reported|remain|in (?:our|the) dependenc))|\bzero (?:security )?vulnerabilities\b|\breports? (?:0|no) (?:known )?vulnerabilities\b/i;
/** Said of something that may be, not of something that is. */
const CONDITIONAL =
  /\b(?:if|unless|when|should|guarantee|cannot|warrant|allow(?:s|ed)?|tolerate[sd]?|accept(?:s|ed)?|permit(?:s|ted)?|require[sd]?|must)\b/i;

function claimsOf(passage: Passage): readonly Claim[] {
  const { text, above } = passage;
  if (!NONE.test(text) || CONDITIONAL.test(text)) return [];
  const day = [text, ...above].map(findDay).find((each) => each !== null) ?? null;
  const now: Claim = {
    passage,
    promise: 'no dependency has a known vulnerability today',
    *check(facts) {
      const report = yield* readReport(facts);
      if ('says' in report) return [report];
      const standing = report.view.findings.filter(isStanding);
      // What was found in files that have changed since may be gone.
      if (report.about && standing.length > 0) return standing.map(toBreach);
      const clean = `${report.view.targets.length} targets were audited on ${report.view.asOf.slice(0, 10)}, and nothing was found`;
      return report.gaps.length > 0 ? report.gaps : [kept(clean)];
    },
  };
  return day === null ? [now] : [now, onDay(passage, day)];
}

function isStanding({ advisory }: ReportFinding): boolean {
  return advisory.withdrawn === undefined;
}

function toBreach({ advisory, package: name, versions, target, location, fix }: ReportFinding): Evidence {
  const what = `${name} ${versions.join(', ')} in ${target} has ${advisory.id}`;
  const mend =
    fix.version === undefined ? `Replace ${excerpt(name)}.` : `Update ${excerpt(name)} to ${excerpt(fix.version)}.`;
  const { file, line } = location;
  return broken(excerpt(what), mend, line === undefined ? { file } : { file, line });
}

/** What is still there, was there on that day and was published by then, was known. That nothing was, only the past itself can show. */
function onDay(passage: Passage, day: string): Claim {
  return {
    passage,
    promise: `no dependency had a known vulnerability on ${day}`,
    *check(facts) {
      const report = yield* readReport(facts);
      const known =
        'says' in report || !report.about
          ? []
          : report.view.findings.filter((finding) => isStanding(finding) && wasKnown(finding, day));
      if (known.length > 0) return known.map((finding) => describeKnown(finding, day));
      const text = `what was installed and known on ${day} is not looked up here`;
      return [cannotTell('no-evidence', text, `Run \`fixby history --since ${day}\`.`)];
    },
  };
}

function wasKnown({ timeline: { introduced, published } }: ReportFinding, day: string): boolean {
  return [introduced, published].every((at) => at !== undefined && at.slice(0, 10) < day);
}

function describeKnown(finding: ReportFinding, day: string): Evidence {
  const { introduced = '', published = '' } = finding.timeline;
  const text = `${finding.package} in ${finding.target} has had ${finding.advisory.id}, published on ${published.slice(0, 10)}, since ${introduced.slice(0, 10)}`;
  const { file, line } = finding.location;
  return broken(
    excerpt(text, 240),
    `Say in SECURITY.md what was known on ${day}.`,
    line === undefined ? { file } : { file, line },
  );
}
