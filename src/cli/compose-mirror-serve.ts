/** Wires what serves a mirror to its adapters. */
export { serveMirror } from '../adapters/http-server/serve-mirror.ts';
export { createUpstream } from '../adapters/npm-upstream/fetch-packuments.ts';
export { loadDump } from '../adapters/osv-dump/load-dump.ts';
