/** Texts that were written after how such files look, not after the code, each with what a person finds in it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface HeldOut {
  readonly name: string;
  /** In the words of the file; `none` where a person finds nothing. */
  readonly truth: string;
  readonly text: string;
}

/** The texts of a file below `test/fixtures`: each begins with a line `=== NAME | TRUTH`. */
export function readHeldOut(path: string): readonly HeldOut[] {
  const file = fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
  const parts = readFileSync(file, 'utf8').split(/^=== /m);
  return parts.slice(1).map((part) => {
    const [head = '', ...lines] = part.split('\n');
    const [name = '', truth = ''] = head.split('|').map((word) => word.trim());
    return { name, truth, text: lines.join('\n') };
  });
}
