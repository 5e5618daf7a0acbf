/** Escaping, medium by medium. */
import { describe, expect, it } from 'vitest';
import {
  escapeWorkflowCommand,
  guardLines,
  jsonText,
  markdownCode,
  markdownText,
  terminalText,
} from '../../../src/core/report/escape.ts';

function shape(text: string): string {
  return markdownText(text)
    .map((node) => (node.type === 'inlineCode' ? `[${node.value}]` : node.type === 'text' ? node.value : node.type))
    .join('');
}

describe('terminal', () => {
  it.each([
    ['a\u001b[31mb', 'a\\u{1b}[31mb'],
    ['one\r\ntwo', 'one two'],
    ['\u202eabc', '\\u{202e}abc'],
    ['##[error]x ##VSO[y]', '#\\u{23}[error]x #\\u{23}VSO[y]'],
    ['## [fine]', '## [fine]'],
  ])('%j becomes %j', (text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  it.each([
    ['::error::x', '\\u{3a}:error::x'],
    ['a\n  ::error::x\n', 'a\n  \\u{3a}:error::x\n'],
    ['a ::b', 'a ::b'],
    [': a', ': a'],
  ])('lines %j become %j', (output, guarded) => {
    expect(guardLines(output)).toBe(guarded);
  });
});

describe('Markdown', () => {
  it.each([
    ['Prototype pollution in lodash', 'Prototype pollution in lodash'],
    ['ping @octocat now', 'ping [@octocat] now'],
    ['see #12, and (GH-3)', 'see [#12], and ([GH-3])'],
    ['in 0123456789abcdef.', 'in [0123456789abcdef].'],
    ['<b>bold</b> text', '[<b>bold</b>] text'],
    ['a.b c_d *e*', '[a.b c_d *e*]'],
    ['"https://x.example" or x.example', '"[https://x.example]" or [x.example]'],
    ['critical/high: and/or', 'critical/high: and/or'],
    ['...', '[...]'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(shape(text)).toBe(expected);
  });

  it('keeps a word of any length whole', () => {
    const word = `${'.'.repeat(100_000)}x${'!'.repeat(100_000)}y`;
    expect(shape(`see ${word}`)).toBe(`see [${word}]`);
  });

  it('code is never empty', () => {
    expect(markdownCode(' \n').value).toBe('(none)');
  });
});

describe('JSON', () => {
  it.each(['\u2028', '\u202e', '\u200b', '\u007f', '\u0085', '\ufeff', '##[group]', '\\##[x'])(
    '%j keeps its value and is not shown raw',
    (text) => {
      const json = jsonText(JSON.stringify(text));
      expect(JSON.parse(json)).toBe(text);
      expect(json).toMatch(/^[\u0020-\u007e]*$/);
      expect(json).not.toContain('##[');
    },
  );
});

describe('workflow commands', () => {
  it.each([
    ['100%', 'data', '100%25'],
    ['a\r\nb', 'data', 'a b'],
    ['a: b, c', 'data', 'a: b, c'],
    ['a: b, c', 'property', 'a%3A b%2C c'],
    ['x::error::y', 'property', 'x%3A%3Aerror%3A%3Ay'],
    ['\u001b[0m', 'data', '\\u{1b}[0m'],
  ] as const)('%j as %s becomes %j', (text, place, escaped) => {
    expect(escapeWorkflowCommand(text, place)).toBe(escaped);
  });
});
