/** Counts what was met and remembers the first few by name, so that a dump of nothing but errors costs no memory. */
import type { NamedCount } from '../../core/model/mirror.ts';
import { excerpt } from '../../core/model/text.ts';

const EXAMPLES = 20;

export interface NameCounter {
  /** `name` is foreign text. */
  add(name: string): void;
  result(): NamedCount;
}

export function nameCounter(): NameCounter {
  const examples: string[] = [];
  let count = 0;
  return {
    add: (name) => {
      count += 1;
      if (examples.length < EXAMPLES) examples.push(excerpt(name, 240));
    },
    result: () => ({ count, examples: [...examples] }),
  };
}
