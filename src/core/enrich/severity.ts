/** Decides how bad a finding is, out of everything its sources say, and keeps what each of them said. */
import type { OsvRecord } from '../model/advisory.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import type { MergedFinding } from '../model/merged-finding.ts';
import { byEach, byText } from '../model/order.ts';
import type { Severity, SeverityLevel, SeverityStatement } from '../model/severity.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';
import { blocksOf } from '../match/affected.ts';
import { readVector } from './scored-vector.ts';
import { findMalware } from './malware.ts';
import { liveRecords } from './withdrawal.ts';

/** The declared precedence: the first kind of statement that is there decides, and inside one kind the worst. */
const SEVERITY_PRECEDENCE: readonly SeverityStatement['from'][] = [
  'malware',
  'ghsa-label',
  'cvss-v4',
  'cvss-v3',
  'cvss-v2',
  'tool',
];

const LABELS: ReadonlyMap<string, SeverityLevel> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MODERATE', 'medium'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
]);

/**
 * The severity of a finding at `now`. Withdrawn records are heard only when no other is left. `unknown` with source
 * `none` when nobody says anything; that is no harmless level, the policy judges it by `unknownAs`.
 */
export function resolveSeverity(finding: MergedFinding, now: string): Severity {
  const all = statementsOf(finding, now);
  const [deciding] = all;
  if (deciding === undefined) return { level: 'unknown', source: 'none', all, disputed: false };
  return {
    level: deciding.level,
    ...(deciding.score === undefined ? {} : { score: deciding.score }),
    ...(deciding.vector === undefined ? {} : { vector: deciding.vector }),
    source: `${deciding.from} ${deciding.by}`,
    all,
    disputed: new Set(all.map((statement) => statement.level)).size > 1,
  };
}

/** Every statement that names a level, each once, the deciding one first. */
function statementsOf(finding: MergedFinding, now: string): readonly SeverityStatement[] {
  const live = liveRecords(finding.records, now);
  const heard = live.length > 0 ? live : finding.records;
  const malware = findMalware(finding, now);
  const statements: SeverityStatement[] = [
    ...(malware === null ? [] : [{ from: 'malware' as const, by: malware, level: 'critical' as const }]),
    ...heard.flatMap((record) => statementsOfRecord(record, finding.ecosystem, finding.package)),
    ...finding.reports.flatMap((report) => report.severity ?? []),
  ];
  const distinct = new Map(statements.map((statement) => [identify(statement), statement]));
  return [...distinct.values()].filter((statement) => statement.level !== 'unknown').sort(byPrecedence);
}

function statementsOfRecord(record: OsvRecord, ecosystem: Ecosystem, name: string): readonly SeverityStatement[] {
  const label = record.id.startsWith('GHSA-') ? readLabel(record.database_specific?.severity) : undefined;
  const blocks = blocksOf(record, ecosystem, name).flatMap((block) => block.severity ?? []);
  const vectors = [...(record.severity ?? []), ...blocks].flatMap(({ score }) => readVector(score) ?? []);
  return [
    ...(label === undefined ? [] : [{ from: 'ghsa-label' as const, by: record.id, level: label }]),
    ...vectors.map((vector) => ({ ...vector, by: record.id })),
  ];
}

function readLabel(label: string | null | undefined): SeverityLevel | undefined {
  return LABELS.get(label?.trim().toUpperCase() ?? '');
}

function identify({ from, by, level, score, vector }: SeverityStatement): string {
  return JSON.stringify([from, by, level, score, vector]);
}

const byPrecedence = byEach<SeverityStatement>(
  (a, b) => SEVERITY_PRECEDENCE.indexOf(a.from) - SEVERITY_PRECEDENCE.indexOf(b.from),
  (a, b) => SEVERITY_LEVELS.indexOf(a.level) - SEVERITY_LEVELS.indexOf(b.level),
  (a, b) => (b.score ?? 0) - (a.score ?? 0),
  (a, b) => byText(identify(a), identify(b)),
);
