/** Makes one SARIF result of a finding: level, place, fingerprint, and the accepted risk that suppresses it. */
import type { Result } from 'sarif';
import type { ReportFinding } from '../../model/report.ts';
import { digestOf } from '../identity.ts';
import { acceptanceWords, dueWords, packageWords, remedyWords, type Calendar } from '../words.ts';
import { lineLocation } from './place.ts';
import { ruleId } from './rules.ts';
import { plainMessage } from './text.ts';

/** `ruleIndex` is the place of its advisory among the rules of the run. */
export function resultOf(finding: ReportFinding, ruleIndex: number, calendar: Calendar): Result {
  const { advisory, deadline, key, ledgerId, target } = finding;
  return {
    ruleId: ruleId(finding),
    ruleIndex,
    level: levelOf(finding),
    message: plainMessage(
      `${packageWords(finding)} in ${target}, ${dueWords(finding, calendar)}: ${advisory.id}, ${advisory.summary}.`,
      remedyWords(finding),
      deadline.reason,
    ),
    locations: [lineLocation(finding.location)],
    partialFingerprints: fingerprintsOf(key),
    suppressions: suppressionsOf(finding),
    properties: {
      key,
      state: deadline.state,
      severity: finding.severity.level,
      versions: finding.versions,
      ...(ledgerId === undefined ? {} : { ledgerId }),
      ...(deadline.dueAt === undefined ? {} : { dueAt: deadline.dueAt }),
    },
  };
}

/** What breaks the policy is an error, what it gives a date or a release is a warning, the rest a note. */
function levelOf({ breaks, deadline: { state } }: ReportFinding): 'error' | 'warning' | 'note' {
  if (breaks || state === 'overdue') return 'error';
  return state === 'due' || state === 'next-release' || state === 'accepted' ? 'warning' : 'note';
}

/** Of the key alone, so that a moved line or a bump to a version still affected is the same alert on GitHub. */
function fingerprintsOf(key: string): Record<string, string> {
  const digest = digestOf(key);
  // The one GitHub reads; whatever uploads the file would otherwise make it of the text of the line.
  return { primaryLocationLineHash: `${digest.slice(0, 16)}:1`, 'fixby/findingKey/v1': digest };
}

/** A list that is there and empty says "not suppressed"; one that is absent would say "not known". */
function suppressionsOf({ deadline, exception }: ReportFinding): NonNullable<Result['suppressions']> {
  if (deadline.state !== 'accepted' || exception === undefined) return [];
  const { text } = plainMessage(`Accepted until ${exception.expires}: ${acceptanceWords(exception)}.`);
  return [{ kind: 'external', status: 'accepted', justification: text }];
}
