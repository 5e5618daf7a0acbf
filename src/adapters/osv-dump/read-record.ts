/** Turns the bytes of one file into an OSV record, or into the reason why it is none. */
import type * as z from 'zod';
import { osvRecordSchema } from '../../core/model/advisory.ts';
import { decodeText, excerpt } from '../../core/model/text.ts';
import type { RecordRead } from '../../ports/advisory-dump.ts';
import { parseJson } from '../../core/model/json.ts';
import { parseYaml } from './parse-yaml.ts';
import { isOfKnownSchema, recogniseRecord } from './recognise-record.ts';

/**
 * Keeps the text as it came, so that what is served is what was published; YAML becomes JSON. Fields fixby does not need
 * are not judged. `name` tells the format.
 */
export function readRecord(name: string, bytes: Uint8Array): RecordRead {
  const advisory = name.endsWith('.json') ? recogniseRecord(bytes) : null;
  return advisory === null ? readAnyRecord(name, bytes) : { status: 'ok', advisory, isVerbatim: true };
}

function readAnyRecord(name: string, bytes: Uint8Array): RecordRead {
  const { text, encoding } = decodeText(bytes);
  if (encoding === 'lossy') return rejected('its text is not valid UTF-8');
  const isJson = name.endsWith('.json');
  const value = isJson ? parseJson(text) : parseYaml(text);
  if (value === undefined) return rejected(`it is not ${isJson ? 'JSON' : 'YAML'}`);
  const record = osvRecordSchema.safeParse(value);
  if (!record.success) return rejected(`it is no OSV record: ${firstIssue(record.error)}`);
  if (!isOfKnownSchema(record.data)) {
    const version = excerpt(record.data.schema_version ?? '', 40);
    return rejected(`its schema_version is ${version}, and only those of 1 are known`);
  }
  const advisory = { record: record.data, text: isJson ? text.trim() : JSON.stringify(value) };
  return { status: 'ok', advisory, isVerbatim: false };
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  return excerpt(issue === undefined ? '' : `${issue.path.join('.') || 'document'}: ${issue.message}`);
}

function rejected(why: string): RecordRead {
  return { status: 'rejected', why };
}
