/** Holds the files of an archive against its manifest: each is there once, whole and unchanged, and no other. */
import { MANIFEST_PATH, SIGNATURE_PATH } from '../model/evidence.ts';
import type { EvidenceManifest, FoundEntry } from '../model/evidence.ts';
import type { EvidenceFault } from '../model/evidence-proof.ts';
import { excerpt } from '../model/text.ts';

/** The faults in the order of the manifest, then of the archive. */
export function checkFiles(manifest: EvidenceManifest, entries: readonly FoundEntry[]): readonly EvidenceFault[] {
  const found = new Map(entries.map((entry) => [entry.path, entry]));
  const listed = new Set([MANIFEST_PATH, SIGNATURE_PATH, ...manifest.files.map(({ path }) => path)]);
  return [
    ...manifest.files.flatMap((file) => compare(file, found.get(file.path))),
    ...namedPaths(manifest)
      .filter((path) => !listed.has(path))
      .map((path) => fault('unlisted', `The manifest refers to ${path} and does not list it.`)),
    ...entries
      .filter(({ path }) => !listed.has(path))
      .map(({ path }) => fault('extra', `${excerpt(path, 80)} is in the archive and in no list.`)),
    ...repeated(entries.map(({ path }) => path)).map((path) => fault('twice', `${excerpt(path, 80)} is there twice.`)),
    ...repeated(manifest.files.map(({ path }) => path)).map((path) => fault('twice', `${path} is listed twice.`)),
  ];
}

function compare(
  { path, sha256, bytes }: EvidenceManifest['files'][number],
  found: FoundEntry | undefined,
): readonly EvidenceFault[] {
  if (found === undefined) return [fault('missing', `${path} is listed and not there.`)];
  return found.sha256 === sha256 && found.bytes === bytes ? [] : [fault('changed', `${path} is not what was listed.`)];
}

/** Every file the manifest leads a reader to. */
function namedPaths({ report, sources, runs, answers, ledger, attestations }: EvidenceManifest): readonly string[] {
  return [
    report.path,
    ...sources.map(({ path }) => path),
    ...answers.map(({ path }) => path),
    ...(ledger === undefined ? [] : [ledger.anchor]),
    ...(attestations === undefined ? [] : [attestations]),
    ...runs.flatMap(({ stdout, stderr, collected }) => [stdout, stderr, ...collected.map(({ path }) => path)]),
  ];
}

function repeated(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.filter((path, index) => paths.indexOf(path) !== index))];
}

function fault(kind: EvidenceFault['kind'], message: string): EvidenceFault {
  return { kind, message };
}
