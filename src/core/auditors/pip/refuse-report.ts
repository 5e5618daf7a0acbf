/** Says why a report of a Python target that was made elsewhere is not believed. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { ImportedReport } from '../../model/auditor.ts';
import { excerpt } from '../../model/text.ts';
import { unavailable } from '../lib/outcome.ts';

/** Whose report it should be, and what makes one. */
export interface Maker {
  readonly tool: string;
  readonly command: string;
}

/** It is no report: empty, cut off, an error, another document. */
export function unreadable({ file, text }: ImportedReport, { tool, command }: Maker): AuditOutcome {
  const what = text.trim() === '' ? 'it is empty' : `it begins: ${excerpt(text, 80)}`;
  return unavailable(
    'unreadable-output',
    `${excerpt(file, 120)} is no report of ${tool} (${what}).`,
    `Make it with \`${command}\`, and look at what that run printed.`,
  );
}

/** It may be right, and nobody vouches for it. */
export function unproven({ file }: ImportedReport, { tool }: Maker): AuditOutcome {
  return unavailable(
    'import-unproven',
    `${excerpt(file, 120)} was made elsewhere: nothing proves that the source of ${tool} was not blind.`,
    'Let fixby audit the target itself, or vouch for the report with `--trust-imports`.',
  );
}
