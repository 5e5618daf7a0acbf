/** Same facts, same bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/core/model/canonical-json.ts';

describe('canonicalJson', () => {
  it.each<[string, unknown, string]>([
    [
      'sorts keys at every depth',
      { b: { d: 1, c: [{ z: 1, a: 2 }] }, a: null },
      '{"a":null,"b":{"c":[{"a":2,"z":1}],"d":1}}',
    ],
    ['leaves absent properties out', { a: undefined, b: 1 }, '{"b":1}'],
    ['escapes what is not printable ASCII', 'ä\n\u202e"\\\u007f', '"\\u00e4\\n\\u202e\\"\\\\\\u007f"'],
    ['keeps a lone surrogate', '\ud800', '"\\ud800"'],
    ['escapes keys', { 'ü"': 1 }, '{"\\u00fc\\"":1}'],
    ['keeps a key called __proto__', JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
    ['writes numbers as JavaScript does', [1e21, 0.1, -0, 10], '[1e+21,0.1,0,10]'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([[NaN], [Infinity], [[undefined]], [() => 1], [1n]])('refuses what JSON has no word for: %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('is one line of ASCII that reads back as the same value, whatever the order of keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, reversed(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonicalJson(value);
        expect(text).toMatch(/^[ -~]+$/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });
});
