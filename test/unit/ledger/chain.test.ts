/** Every edit, removal, insertion and reordering of a chain is found; a torn end is told from them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChainReading } from '../../../src/core/model/ledger-format.ts';
import type { LedgerBody } from '../../../src/core/model/ledger.ts';
import { GENESIS } from '../../../src/core/model/ledger.ts';
import { AT, format, makeLines, opened, openedMany } from '../../support/ledger-values.ts';

const CHAIN = makeLines([1, 3, 1, 2]);

/** The first two events of a batch of three. */
const CUT = makeLines([3]).slice(0, 2);

function kinds({ faults }: ChainReading): readonly string[] {
  return faults.map(({ line, kind }) => `${line} ${kind}`);
}

function without(at: number): readonly string[] {
  return CHAIN.filter((_, index) => index !== at);
}

/** A line of ours with another fact in it, in its place. */
function edited(at: number): readonly string[] {
  return CHAIN.map((line, index) => (index === at ? line.replace('"left"', '"loft"') : line));
}

describe('a batch', () => {
  it('is one canonical line an event, each with the hash of the one before', () => {
    const { lines, head } = format.writeBatch([opened('a'), opened('b')], {
      repository: 'acme/shop',
      at: AT,
      after: GENESIS,
    });
    expect(lines[0]).toBe(
      `{"at":"${AT}","batch":{"index":0,"size":2},"body":{"finding":{"advisory":"GHSA-aaaa-2222-3333","ecosystem":"npm","id":"a",` +
        `"ids":["CVE-2026-0001","GHSA-aaaa-2222-3333"],"package":"left","severity":"high","target":"web","versions":["1.0.0"]},` +
        `"type":"finding-opened"},"prev":"${'0'.repeat(64)}","repository":"acme/shop","schema":"fixby.ledger/v1","seq":1}`,
    );
    expect(JSON.parse(lines[1]!)).toMatchObject({ seq: 2, prev: format.hash(lines[0]!), batch: { index: 1, size: 2 } });
    expect(head).toEqual({ seq: 2, hash: format.hash(lines[1]!) });
  });

  it('holds only what the schema knows', () => {
    const stray: LedgerBody = Object.assign({ secret: 'x' }, opened('a'));
    const { lines } = format.writeBatch([stray], { repository: 'acme/shop', at: AT, after: GENESIS });
    expect(lines).toEqual(format.writeBatch([opened('a')], { repository: 'acme/shop', at: AT, after: GENESIS }).lines);
  });

  it.each<[string, Partial<{ repository: string; at: string; body: unknown }>]>([
    ['a body of no known type', { body: { type: 'finding-forgotten' } }],
    ['a body without its facts', { body: { type: 'finding-opened' } }],
    ['a name with a quote', { repository: 'a"b' }],
    ['an empty name', { repository: '' }],
    ['a day for a moment', { at: '2026-03-01' }],
    ['a time zone', { at: '2026-03-01T02:00:00.000+01:00' }],
  ])('refuses what could not be read again: %s', (_, { repository = 'acme/shop', at = AT, body = opened('a') }) => {
    expect(() => format.writeBatch([body as LedgerBody], { repository, at, after: GENESIS })).toThrow(TypeError);
  });
});

describe('a sound chain', () => {
  it('is read without a fault', () => {
    expect(format.readChain(CHAIN, '')).toEqual({
      lines: CHAIN,
      head: { seq: 7, hash: format.hash(CHAIN[6]!) },
      repository: 'acme/shop',
      torn: '',
      faults: [],
    });
    expect(format.examineChain(CHAIN).faults).toEqual([]);
  });

  it('may be empty', () => {
    expect(format.readChain([], '')).toEqual({ lines: [], head: GENESIS, torn: '', faults: [] });
  });

  it('may be written by others with other key order, which a close look reports', () => {
    const { at, ...others } = JSON.parse(CHAIN.at(-1)!) as { at: string };
    const lines = [...CHAIN.slice(0, -1), JSON.stringify({ ...others, at })];
    expect(format.readChain(lines, '').faults).toEqual([]);
    expect(kinds(format.examineChain(lines))).toEqual(['7 not-canonical']);
  });
});

describe('a chain that was changed', () => {
  const foreign = makeLines([1], 'acme/other');
  it.each<[string, readonly string[], readonly string[]]>([
    ['a fact edited', edited(2), ['4 wrong-link']],
    ['the first line edited', edited(0), ['2 wrong-link']],
    ['a line removed', without(3), ['4 wrong-number']],
    ['the first line removed', without(0), ['1 wrong-number']],
    ['two lines removed', CHAIN.filter((_, at) => at !== 1 && at !== 4), ['2 wrong-number', '4 wrong-number']],
    ['a line put in', [...CHAIN.slice(0, 4), 'hello', ...CHAIN.slice(4)], ['5 not-an-event', '6 wrong-number']],
    [
      'a batch that another cuts in two',
      [...CUT, ...makeLines([1], 'acme/shop', { seq: 2, hash: format.hash(CUT[1]!) })],
      ['3 broken-batch'],
    ],
    ['a line repeated', [...CHAIN.slice(0, 5), ...CHAIN.slice(4)], ['6 wrong-number']],
    [
      'two lines swapped',
      [...CHAIN.slice(0, 4), CHAIN[5]!, CHAIN[4]!, CHAIN[6]!],
      ['5 wrong-number', '6 wrong-number', '7 wrong-number'],
    ],
    [
      'another chain appended',
      [...CHAIN, ...makeLines([1], 'acme/other', format.readChain(CHAIN, '').head)],
      ['8 other-repository'],
    ],
    [
      'begun by another',
      [...foreign, ...CHAIN.slice(1, 4)],
      ['2 wrong-link', '3 other-repository', '4 other-repository'],
    ],
    [
      'an end forged with the right number',
      [...CHAIN.slice(0, -2), ...makeLines([1], 'acme/shop', { seq: 5, hash: 'a'.repeat(64) })],
      ['6 wrong-link'],
    ],
    ['line ends converted', CHAIN.map((line) => `${line}\r`), CHAIN.map((_, at) => `${at + 1} line-end`)],
    [
      'a merge left in conflict',
      [...CHAIN.slice(0, 4), '<<<<<<< HEAD', ...CHAIN.slice(4), '>>>>>>> theirs'],
      ['5 not-an-event', '6 wrong-number', '9 not-an-event'],
    ],
    [
      'replaced by a pointer',
      ['version https://git-lfs.github.com/spec/v1', 'size 1'],
      ['1 not-an-event', '2 not-an-event'],
    ],
    ['replaced by nothing but a line end', [''], ['1 not-an-event']],
  ])('%s', (_, lines, faults) => {
    const found = format.readChain(lines, '');
    expect(kinds(found)).toEqual(faults);
    expect(found.problem).toMatchObject({ code: 'ledger-broken', blocks: true });
    expect(found.torn).toBe('');
  });

  it('shows any single change of any byte but in the last line', () => {
    fc.assert(
      fc.property(fc.nat(CHAIN.length - 2), fc.nat(), fc.integer({ min: 32, max: 126 }), (at, where, unit) => {
        const line = CHAIN[at]!;
        const place = where % line.length;
        fc.pre(line.charCodeAt(place) !== unit);
        const changed = `${line.slice(0, place)}${String.fromCharCode(unit)}${line.slice(place + 1)}`;
        const { faults } = format.readChain([...CHAIN.slice(0, at), changed, ...CHAIN.slice(at + 1)], '');
        expect(faults).not.toEqual([]);
      }),
    );
  });

  it('shows any reordering and any removal but of the end', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...CHAIN.keys()], { minLength: 1 }), (order) => {
        const isPrefix = order.every((line, at) => line === at);
        const { faults, torn } = format.readChain(
          order.map((line) => CHAIN[line]!),
          '',
        );
        expect(faults.length === 0).toBe(isPrefix);
        if (!isPrefix) expect(torn === '' || faults.length > 0).toBe(true);
      }),
    );
  });

  it('is written by a later fixby: nothing is called broken or torn', () => {
    const later = JSON.stringify({ schema: 'fixby.ledger/v2', of: 'other form' });
    const { problem, lines, torn } = format.readChain([...CHAIN, later], '');
    expect([problem?.code, lines.length, torn]).toEqual(['ledger-newer', 8, '']);
  });

  it('holds an event of a type that this fixby does not know', () => {
    const lines = [CHAIN[0]!.replace('finding-opened', 'finding-frozen')];
    expect(format.readChain(lines, '').faults).toEqual([]);
    expect(kinds(format.examineChain(lines))).toEqual(['1 unknown-facts']);
  });
});

describe('a torn end', () => {
  const text = CHAIN.map((line) => `${line}\n`).join('');
  const whole = [1, 4, 5, 7].map((count) => CHAIN.slice(0, count).join('\n').length + 1);

  it('is found wherever a write of a batch stopped, and nothing before it is lost', () => {
    for (let cut = 0; cut <= text.length; cut += 1) {
      const lines = text.slice(0, cut).split('\n');
      const rest = lines.pop()!;
      const found = format.readChain(lines, rest);
      const kept = Math.max(0, ...whole.filter((end) => end <= cut));
      expect([found.faults, found.torn]).toEqual([[], text.slice(kept, cut)]);
      expect(found.lines.map((line) => `${line}\n`).join('')).toBe(text.slice(0, kept));
    }
  });

  it('may be zeros that never reached the disk, also within the last batch', () => {
    const start = text.length - 500;
    const holed = `${text.slice(0, start)}${'\0'.repeat(300)}${text.slice(start + 300)}`;
    const lines = holed.split('\n');
    const found = format.readChain(lines.slice(0, -1), '');
    expect([found.faults, found.lines.length, found.torn.length]).toEqual([[], 5, text.length - whole[2]!]);
  });

  it.each([
    ['text without a line end', CHAIN, 'hello'],
    ['text alone', [], 'hello'],
    ['a line that no unfinished write explains', [...CHAIN, 'hello'], ''],
  ])('is not %s', (_, lines, rest) => {
    const found = format.readChain(lines, rest);
    expect(found.faults.map(({ kind }) => kind)).toEqual(['not-an-event']);
    expect(found.lines).toEqual(lines);
  });

  it('is a fault for an import', () => {
    expect(kinds(format.examineChain(CHAIN.slice(0, 3)))).toEqual(['2 broken-batch']);
  });
});

it('says nothing twice that a long break would repeat', () => {
  const lines = makeLines(openedMany(200).map(() => 1));
  expect(format.readChain([...lines.slice(0, 50), ...lines.slice(51)], '').faults).toHaveLength(1);
});
