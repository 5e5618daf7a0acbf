/** Makes the ids other formats ask for out of what a report holds, so that the same report has the same ids. */
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { canonicalJson } from '../model/canonical-json.ts';
import type { ReportView } from '../model/report.ts';
import { wellFormed } from './escape.ts';

/** SHA-256 of a text as 64 hex digits. */
export function digestOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(wellFormed(text))));
}

/** The UUID of a document made of a view: another one for another repository, moment, lock or finding, and for another `kind`. */
export function documentId({ repository, asOf, verdict, targets, findings }: ReportView, kind: string): string {
  const locks = targets.map(({ path, auditor, outcome, files, packages }) => [
    path,
    auditor,
    outcome,
    files,
    !packages,
  ]);
  const known = findings.map(({ key, versions, severity, deadline }) => [key, versions, severity.level, deadline]);
  // A view that was saved and read again has its keys in another order.
  return uuidOf(canonicalJson([kind, repository, asOf, verdict, locks, known]));
}

/** A UUID (version 8, its bits taken from a digest) that only `text` has. https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
export function uuidOf(text: string): string {
  const hex = digestOf(text);
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
