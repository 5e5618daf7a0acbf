/** What is asked of a run, and a run under way: what every part of it is given. */
import type { RunRule } from '../core/judge/judge-run.ts';
import type { AuditSettings } from '../core/model/auditor.ts';
import type { ReportPart, ReportView } from '../core/model/report.ts';
import type { OnEvent } from './events.ts';
import type { RunPorts } from './ports.ts';
import type { ImportedFor } from './resolve-imports.ts';
import type { Setup } from './setup.ts';

export interface CheckRequest {
  readonly command: ReportView['command'];
  readonly setup: Setup;
  readonly settings: AuditSettings;
  readonly imports: readonly ImportedFor[];
  /** The moment to judge, UTC ISO-8601; absent means now. */
  readonly asOf?: string;
  readonly rule: RunRule;
  /** Only findings that this ref did not have count for the verdict. */
  readonly since?: string;
  /** Whether the run is recorded in the ledger: only what was looked at now is worth remembering. */
  readonly remembers: boolean;
  /** The advisory source was not asked. */
  readonly offline: boolean;
  readonly version: string;
  /** What the report carries beyond what every format shows. */
  readonly parts?: readonly ReportPart[];
}

export interface Run {
  readonly request: CheckRequest;
  /** When it began, UTC ISO-8601. */
  readonly generatedAt: string;
  /** The moment that is judged, UTC ISO-8601. */
  readonly asOf: string;
  readonly ports: RunPorts;
  readonly onEvent: OnEvent;
}
