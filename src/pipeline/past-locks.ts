/** Tells whether a target's locks carried a finding at an earlier ref. */
import type { Audit } from '../core/model/audit.ts';
import type { Auditor } from '../core/model/auditor.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { MergedFinding } from '../core/model/merged-finding.ts';
import { affects } from '../core/match/affected.ts';
import type { Git } from '../ports/git.ts';
import { driveReading } from './drive.ts';

/** What is looked for: installed versions, and records (as far as they are known) that say which others are affected. */
export type SoughtFinding = Pick<MergedFinding, 'target' | 'ecosystem' | 'package' | 'versions' | 'records'>;

/** Answers for one run: each lock of each ref is read once, however often it is asked about. */
export interface PastLocks {
  /** Whether the finding was there at `ref` (a tag, branch or commit). Throws a UsageError for an unknown ref. */
  carried(finding: SoughtFinding, ref: string): Promise<boolean>;
}

export function createPastLocks(audits: readonly Audit[], auditors: readonly Auditor[], git: Git): PastLocks {
  const readings = new Map<string, Promise<Inventory>>();
  return {
    carried: async (finding, ref) => {
      const audit = audits.find(
        ({ target }) => target.path === finding.target && target.ecosystem === finding.ecosystem,
      );
      const auditor = auditors.find(({ name }) => name === audit?.auditor);
      if (audit === undefined || auditor === undefined) return false;
      const key = JSON.stringify([ref, finding.ecosystem, finding.target]);
      const reading =
        readings.get(key) ??
        driveReading(auditor.readInventory(audit.target), { read: (path) => git.readAt(ref, path) });
      readings.set(key, reading);
      const past = await reading;
      return hasSameFiles(past, audit.inventory) || namesAffected(past, finding);
    },
  };
}

/** Open ranges name no versions; where the very files are the same, so is what they lead to today. */
function hasSameFiles(past: Inventory, present: Inventory): boolean {
  return (
    present.files.length > 0 &&
    present.files.every((file) => past.files.some(({ path, sha256 }) => path === file.path && sha256 === file.sha256))
  );
}

/** An earlier version counts too when the advisory affects it: a bump to a still-vulnerable version is no new finding. */
function namesAffected(past: Inventory, { ecosystem, package: name, records, versions }: SoughtFinding): boolean {
  return past.packages.some(
    (entry) =>
      entry.name === name &&
      (versions.includes(entry.version) ||
        records.some((record) => affects(record, ecosystem, name, entry.version).affected)),
  );
}
