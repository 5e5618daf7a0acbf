/** Reading a packument as it comes in: the same as reading it whole, however it is cut, and nothing from half of one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackumentScan, type ScannedPackument } from '../../../src/adapters/registry/scan-packument.ts';

/** Scans a text in pieces of `size` bytes. */
function scan(text: string, size = 7): ScannedPackument | null {
  const bytes = Buffer.from(text);
  const reading = new PackumentScan();
  for (let at = 0; at < bytes.length; at += size) reading.push(bytes.subarray(at, at + size));
  return reading.end();
}

const PACKUMENT = {
  _id: 'left',
  readme: 'It has "quotes", \\ and {braces}: "time": {"9.9.9": "2001-01-01"}',
  versions: {
    '1.0.0': { time: { '8.8.8': '2002-01-01' }, versions: { '7.7.7': {} }, list: ['{', '"', ':'] },
    '1.0.1': {},
  },
  time: {
    created: '2019-12-31T00:00:00.000Z',
    '1.0.0': '2020-01-01T00:00:00.000Z',
    '1.0.1': '2020-02-01T00:00:00.000Z',
    '1.0.2': '2020-03-01T00:00:00.000Z',
    unpublished: { name: 'somebody', versions: ['1.0.2'], time: '2020-04-01T00:00:00.000Z' },
  },
  maintainers: [{ name: 'somebody' }],
};

describe('a packument', () => {
  it.each([1, 2, 3, 64, 10_000])('tells its times and versions in pieces of %i bytes', (size) => {
    const found = scan(JSON.stringify(PACKUMENT), size);
    expect([...(found?.versions ?? [])]).toEqual(['1.0.0', '1.0.1']);
    expect([...(found?.time ?? [])]).toEqual([
      ['created', '2019-12-31T00:00:00.000Z'],
      ['1.0.0', '2020-01-01T00:00:00.000Z'],
      ['1.0.1', '2020-02-01T00:00:00.000Z'],
      ['1.0.2', '2020-03-01T00:00:00.000Z'],
    ]);
  });

  it('is read alike with white space, escapes and any order of members', () => {
    const text = ' {\n "time" : { "1.\\u0030.0" : "2020-01-01" } ,\t"versions": {"1.0.0" : { } }\r\n} ';
    expect(scan(text)).toEqual({ time: new Map([['1.0.0', '2020-01-01']]), versions: new Set(['1.0.0']) });
  });

  it('keeps names that objects have by nature', () => {
    const text = '{"time":{"__proto__":"2020-01-01","constructor":"2020-01-02"},"versions":{"__proto__":{}}}';
    expect(scan(text)).toEqual({
      time: new Map([
        ['__proto__', '2020-01-01'],
        ['constructor', '2020-01-02'],
      ]),
      versions: new Set(['__proto__']),
    });
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html>{"time":{"1.0.0":"2020"},"versions":{}}</html>'],
    ['a list', '[{"time":{"1.0.0":"2020"},"versions":{}}]'],
    ['no times', '{"versions":{"1.0.0":{}}}'],
    ['times that are none', '{"time":{"1.0.0":7,"2.0.0":null,"3.0.0":["2020"]},"versions":{"1.0.0":{}}}'],
    ['no versions', '{"time":{"1.0.0":"2020-01-01"}}'],
    ['versions that are none', '{"time":{"1.0.0":"2020-01-01"},"versions":["1.0.0"]}'],
    ['two documents', '{"time":{"1.0.0":"2020"},"versions":{}}{"time":{}}'],
    ['more ends than beginnings', '{"time":{"1.0.0":"2020"},"versions":{}}}'],
  ])('is not made of %s', (_what, text) => {
    expect(scan(text)).toBeNull();
  });

  it('is not believed when it breaks off anywhere', () => {
    const text = JSON.stringify(PACKUMENT);
    for (let length = 0; length < text.length; length += 1) expect(scan(text.slice(0, length), 64)).toBeNull();
  });

  it('passes over names and moments that are longer than any', () => {
    const long = 'x'.repeat(2000);
    const found = scan(JSON.stringify({ time: { [long]: '2020', a: long, b: '2021' }, versions: { [long]: {} } }));
    expect(found).toEqual({ time: new Map([['b', '2021']]), versions: new Set() });
  });
});

it('agrees with JSON.parse on any packument', () => {
  const rest = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
  const time = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { minKeys: 1 });
  const versions = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(rest, time, versions, fc.integer({ min: 1, max: 50 }), (other, times, all, size) => {
      const text = JSON.stringify({ ...other, time: times, versions: all });
      expect(scan(text, size)).toEqual({
        time: new Map(Object.entries(times)),
        versions: new Set(Object.keys(all)),
      });
    }),
  );
});
