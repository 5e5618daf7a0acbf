/** Wires the imported mirror: beside compose.ts, where its folder, its dumps and its downloads are named. */
export { openMirror } from '../adapters/mirror-store/open-mirror.ts';
export { createMirrorWriter } from '../adapters/mirror-store/write-mirror.ts';
export { readEntries } from '../adapters/osv-dump/read-entries.ts';
