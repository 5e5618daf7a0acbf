/** Reads the manifest of an archive that anybody may have made. */
import { evidenceManifestSchema } from '../model/evidence.ts';
import type { EvidenceManifest } from '../model/evidence.ts';
import { parseJson } from '../model/json.ts';

/** `detail` is half a sentence about the archive. */
export type ManifestReading =
  | { readonly status: 'read'; readonly manifest: EvidenceManifest }
  | { readonly status: 'unusable'; readonly detail: string };

/** `text` is `undefined` where there is no such file. */
export function readManifest(text: string | undefined): ManifestReading {
  if (text === undefined) return unusable('there is no manifest.json in it: it is no evidence of fixby');
  const value = parseJson(text);
  const manifest = evidenceManifestSchema.safeParse(value);
  if (manifest.success) return { status: 'read', manifest: manifest.data };
  const schema = schemaOf(value);
  if (/^fixby\.evidence\/v\d+$/.test(schema) && schema !== 'fixby.evidence/v1') {
    return unusable(`it was written by a later fixby (${schema})`);
  }
  return unusable('its manifest.json is none that fixby writes');
}

function unusable(detail: string): ManifestReading {
  return { status: 'unusable', detail };
}

function schemaOf(value: unknown): string {
  const schema: unknown = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : '';
  return typeof schema === 'string' ? schema : '';
}
