/** Turns the bytes of one file into an OSV record, or into the reason why it is none. */
import type { z } from 'zod';
import { osvRecordSchema } from '../../core/model/advisory.ts';
import { decodeText, excerpt } from '../../core/model/text.ts';
import type { StoredAdvisory } from '../../ports/advisory-store.ts';

export type RecordRead =
  { readonly status: 'ok'; readonly advisory: StoredAdvisory } | { readonly status: 'rejected'; readonly why: string };

/** Keeps the text as it came, so that what is served is what was published. Fields fixby does not need are not judged. */
export function readRecord(bytes: Uint8Array): RecordRead {
  const { text, encoding } = decodeText(bytes);
  if (encoding === 'lossy') return rejected('its text is not valid UTF-8');
  const value = parse(text);
  if (value === undefined) return rejected('it is not JSON');
  const record = osvRecordSchema.safeParse(value);
  if (!record.success) return rejected(`it is no OSV record: ${firstIssue(record.error)}`);
  return { status: 'ok', advisory: { record: record.data, text: text.trim() } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  return excerpt(issue === undefined ? '' : `${issue.path.join('.') || 'document'}: ${issue.message}`);
}

function rejected(why: string): RecordRead {
  return { status: 'rejected', why };
}
