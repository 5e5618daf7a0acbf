/** Wires an imported mirror to its adapter: apart from compose.ts, so that only who has one loads the store. */
export { openMirror } from '../adapters/mirror-store/open-mirror.ts';
export { verifyMirror } from '../adapters/mirror-store/verify-mirror.ts';
