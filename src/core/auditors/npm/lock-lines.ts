/** Finds the line on which each entry of a lock begins, in one pass over its text. */

const KEY = /^(\s*)"((?:[^"\\]|\\.)*)"\s*:\s*\{/;
const LONGEST_LINE = 1000;

/** 1-based lines by location. A version 1 lock gives those of its top level; a lock on one line gives none. */
export function findLines(text: string, lockVersion: number): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  text.split('\n').forEach((line, index) => {
    // Of the lines of a lock one in ten opens an object: the others are not worth a pattern.
    const [, indent = '', key] = (line.includes('{') && line.length <= LONGEST_LINE && KEY.exec(line)) || [];
    const location = key === undefined ? undefined : locationOf(key, indent, lockVersion);
    if (location !== undefined) lines.set(location, index + 1);
  });
  return lines;
}

function locationOf(key: string, indent: string, lockVersion: number): string | undefined {
  if (lockVersion === 1) return indent === '    ' ? `node_modules/${key}` : undefined;
  return key.includes('node_modules/') ? key : undefined;
}
