/** What differs between the reports of npm, pnpm, yarn and bun when one of them was made elsewhere. */
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import type { LockReading } from './lock-reading.ts';
import type { NpmDocument } from './npm-report.ts';

/** One tool's reports, and the locks they are about. */
export interface ReportKind {
  /** As it stands in reports and after `--import`. */
  readonly auditor: string;
  /** The tool, as it is called in sentences. */
  readonly tool: string;
  /** The command that makes such a report. */
  readonly command: string;
  /** Whether it can be about a target, by the kinds of its sources alone. */
  readonly covers: (target: Target) => boolean;
  /** Reads what the tool printed. */
  readonly read: (text: string) => NpmDocument;
  readonly readLock: (target: Target) => Program<LockReading>;
  /** Why `total` packages cannot be all of the lock, as the end of a sentence; `undefined` when they can. */
  readonly compareCount: (total: number, reading: LockReading) => string | undefined;
}
