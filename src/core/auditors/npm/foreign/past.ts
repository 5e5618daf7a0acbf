/** Reads the names and versions of foreign locks as they were. */
import type { PastReader } from '../../../model/past.ts';
import { createStatements } from '../../lib/statements.ts';
import { readerOf } from './read-foreign.ts';

/** A reader of every kind of lock that is read here. */
export function openForeignPast(): PastReader {
  const statements = createStatements();
  return {
    choose: (sources) => sources.filter((source) => readerOf(source) !== undefined),
    read(source, text) {
      const document = readerOf(source)?.(text);
      if (document === undefined || 'code' in document) return null;
      const { packages } = document.interpret(new Map());
      return {
        statements: [...new Set(packages.map(({ name, version }) => statements.pin(name, version)))],
        includes: [],
      };
    },
  };
}
