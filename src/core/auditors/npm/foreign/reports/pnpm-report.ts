/** Reads what `pnpm audit --json` prints: a report with counts, or an error with a code of pnpm's. */
import * as z from 'zod';
import { findOnlyDocument } from '../../find-document.ts';
import type { NpmDocument, NpmError } from '../../npm-report.ts';
import { readTreeReport } from './tree-report.ts';

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The report, the error, or why it is neither. */
export function readPnpmReport(text: string): NpmDocument {
  const document = findOnlyDocument(text);
  const failed = errorSchema.safeParse(document);
  if (failed.success) return toError(failed.data.error);
  const report = readTreeReport(document);
  return report ?? { kind: 'none', detail: 'it is no JSON report of pnpm' };
}

/** pnpm names its own errors `ERR_PNPM_…`, what its code stumbled on `pnpm`, and hands on those of the network. */
function toError({ code, message }: z.infer<typeof errorSchema>['error']): NpmError {
  const status = code === 'ERR_PNPM_AUDIT_ENDPOINT_NOT_EXISTS' ? '404' : /responded with (\d{3})\b/.exec(message)?.[1];
  if (status !== undefined) return { kind: 'error', message, status: Number(status) };
  return /^pnpm$|^E[A-Z]+$|^ETIMEDOUT$/.test(code) ? { kind: 'error', message } : { kind: 'error', message, code };
}
