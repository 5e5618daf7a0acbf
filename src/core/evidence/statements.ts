/** Says in in-toto's words what each auditor found in which lock. https://github.com/in-toto/attestation */
import type { KeptRun } from '../model/evidence.ts';
import { byText } from '../model/order.ts';
import type { ReportFinding, ReportTarget, ReportView } from '../model/report.ts';

/** An in-toto statement with the vulnerability-scan predicate: one auditor, and the files it was asked about. */
export interface ScanStatement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: 'https://in-toto.io/attestation/vulns/v0.2';
  readonly predicate: {
    readonly scanner: {
      readonly uri: string;
      readonly version: string;
      readonly db: { readonly uri?: string; readonly lastUpdate: string };
      readonly result: readonly ScanResult[];
    };
    readonly metadata: { readonly scanStartedOn: string; readonly scanFinishedOn: string };
    /** Ours: what of the subject the scanner answered for. */
    readonly 'fixby.coverage': ReportTarget['coverage'];
  };
}

interface ScanResult {
  readonly id: string;
  readonly severity: readonly { readonly method: string; readonly score: string }[];
  readonly annotations: readonly Readonly<Record<string, string>>[];
}

/**
 * One statement for each audit that answered in full. An audit that did not has none: an empty result would say that nothing
 * was found. Nor has a report that was imported: nobody here saw the scan.
 */
export function makeStatements(view: ReportView, runs: readonly KeptRun[]): readonly ScanStatement[] {
  return view.targets.flatMap((target) => {
    const own = runs.filter(({ target: path, auditor }) => path === target.path && auditor === target.auditor);
    const isProven = target.outcome === 'audited' && target.files.length > 0 && own.length > 0;
    return isProven ? [stateScan(target, view, own)] : [];
  });
}

function stateScan(target: ReportTarget, view: ReportView, runs: readonly KeptRun[]): ScanStatement {
  const { files, tool, auditor, source, coverage } = target;
  const findings = view.findings.filter(
    (finding) =>
      finding.target === target.path && finding.ecosystem === target.ecosystem && finding.seenBy.includes(auditor),
  );
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: 'https://in-toto.io/attestation/vulns/v0.2',
    predicate: {
      scanner: {
        uri: SCANNERS[auditor] ?? `pkg:generic/${encodeURIComponent(auditor)}`,
        version: tool.version,
        // A service that is asked live has no other date than that of the question.
        db: { ...(/^https?:\/\//.test(source) ? { uri: source } : {}), lastUpdate: view.generatedAt },
        result: findings.map(describeFinding),
      },
      metadata: spanOf(runs),
      'fixby.coverage': coverage,
    },
  };
}

const SCANNERS: Readonly<Record<string, string>> = { 'npm-audit': 'pkg:npm/npm', 'pip-audit': 'pkg:pypi/pip-audit' };

function describeFinding({ advisory, severity, package: name, versions, fix, deadline }: ReportFinding): ScanResult {
  const stated = severity.all.map(({ from, level, score }) => ({ method: from, score: `${score ?? level}` }));
  return {
    id: advisory.id,
    severity: stated.length > 0 ? stated : [{ method: 'none', score: severity.level }],
    annotations: [
      {
        aliases: advisory.aliases.join(' '),
        package: name,
        versions: versions.join(' '),
        level: severity.level,
        state: deadline.state,
        ...(deadline.dueAt === undefined ? {} : { dueAt: deadline.dueAt }),
        ...(fix.version === undefined ? {} : { fix: fix.version }),
      },
    ],
  };
}

function spanOf(runs: readonly KeptRun[]): ScanStatement['predicate']['metadata'] {
  const starts = runs.map(({ startedAt }) => startedAt).sort(byText);
  const ends = runs.map(({ startedAt, durationMs }) => new Date(Date.parse(startedAt) + durationMs).toISOString());
  return { scanStartedOn: starts[0] ?? '', scanFinishedOn: ends.sort(byText).at(-1) ?? '' };
}
