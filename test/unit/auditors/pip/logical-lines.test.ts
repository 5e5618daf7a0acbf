/** Lines are cut where pip cuts them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLogicalLines } from '../../../../src/core/auditors/pip/logical-lines.ts';

describe('logical lines', () => {
  it.each([
    ['a\r\nb\rc\n', ['1 a', '2 b', '3 c']],
    ['a==1 \\\n  --hash=x \\\n  --hash=y\nb', ['1 a==1   --hash=x   --hash=y', '4 b']],
    ['# c\n\n  # d\na # e\nb#f', ['4 a', '5 b#f']],
    ['git+x#egg=a', ['1 git+x#egg=a']],
    ['a \\\n# c \\\nb', ['1 a', '3 b']],
    ['a \\', ['1 a']],
    ['# c\u000cevil==1.0', ['2 evil==1.0']],
    ['# c\u2028evil==1.0', ['2 evil==1.0']],
    ['# c\u0085evil==1.0', ['2 evil==1.0']],
    ['# c\u001ddata', ['2 data']],
    ['', []],
  ])('cuts %j', (text, lines) => {
    expect(splitLogicalLines(text).map(({ line, text: line_ }) => `${line} ${line_}`)).toEqual(lines);
  });

  it('loses no word outside comments, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z=. ]{0,8}\\?$/)), (lines) => {
        const letters = (text: string) => text.replace(/[\\\s]/g, '');
        const kept = splitLogicalLines(lines.join('\n')).map(({ text }) => text);
        expect(letters(kept.join(''))).toBe(letters(lines.join('')));
      }),
    );
  });
});
