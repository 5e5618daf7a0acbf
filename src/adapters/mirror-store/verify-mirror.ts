/** Reads a whole generation and compares it with what was imported. */
import type { MirrorState } from '../../core/model/mirror.ts';
import { layoutOf } from './layout.ts';
import { findDamaged, summarize } from './summarize.ts';
import { openTables } from './tables.ts';

/** What is not as it was, in a word each: ids of records, or `the index`. `path` is the mirror's folder. */
export async function verifyMirror(path: string, state: MirrorState): Promise<readonly string[]> {
  const tables = openTables(layoutOf(path).generation(state.generation), 'read');
  try {
    const damaged = findDamaged(tables);
    return summarize(tables).checksum === state.checksum ? damaged : ['the index', ...damaged];
  } finally {
    await tables.close();
  }
}
