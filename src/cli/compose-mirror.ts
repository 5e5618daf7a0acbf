/** Wires the mirror to its adapters: apart from compose.ts, so that an audit loads no server and no store. */
export { serveMirror } from '../adapters/http-server/serve-mirror.ts';
export { openMirror } from '../adapters/mirror-store/open-mirror.ts';
export { createMirrorWriter } from '../adapters/mirror-store/write-mirror.ts';
export { createUpstream } from '../adapters/npm-upstream/fetch-packuments.ts';
export { loadDump } from '../adapters/osv-dump/load-dump.ts';
export { readEntries } from '../adapters/osv-dump/read-entries.ts';
