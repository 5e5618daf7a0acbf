/** Facts come out of a chain as they went in, and what cannot be read is said. */
import { expect, it } from 'vitest';
import { readEvents, readTimes } from '../../../src/core/ledger/read-events.ts';
import type { ChainFault } from '../../../src/core/model/ledger-format.ts';
import { GENESIS } from '../../../src/core/model/ledger.ts';
import type { LedgerBody } from '../../../src/core/model/ledger.ts';
import { AT, format, makeLines, opened } from '../../support/ledger-values.ts';

const BODIES: readonly LedgerBody[] = [
  opened('a'),
  { type: 'finding-changed', id: 'a', severity: 'critical' },
  { type: 'finding-closed', id: 'a', by: 'upgraded' },
  {
    type: 'policy-changed',
    file: 'SECURITY.md',
    sha256: 'f'.repeat(64),
    text: '# Größe\n","prev":"\0',
    policy: { z: [1], a: null },
  },
  { type: 'release-cut', tag: 'v1.0.0', version: '1.0.0', at: AT, commit: 'c0ffee' },
];

function read(lines: readonly string[]) {
  const faults: ChainFault[] = [];
  return { events: [...readEvents(lines, (fault) => faults.push(fault))], faults };
}

it('gives back every fact', () => {
  const { lines } = format.writeBatch(BODIES, { repository: 'acme/shop', at: AT, after: GENESIS });
  const { events, faults } = read(lines);
  expect(faults).toEqual([]);
  expect(events.map(({ body }) => body)).toEqual(BODIES);
  expect(events.map(({ seq, at }) => [seq, at])).toEqual(BODIES.map((_, index) => [index + 1, AT]));
});

it('reads a line of another writer in full', () => {
  const [line] = makeLines([1]);
  const { at, ...others } = JSON.parse(line!) as { at: string };
  expect(read([JSON.stringify({ ...others, at })]).events).toEqual(read([line!]).events);
});

it.each([
  ['an unknown type', (line: string) => line.replace('finding-opened', 'finding-frozen')],
  ['an unknown level', (line: string) => line.replace('"high"', '"terrible"')],
  ['no JSON', (line: string) => line.replace('"versions":', 'versions:')],
  ['not even a line of ours', () => 'hello'],
])('leaves a line out and says so: %s', (_, change) => {
  const [first, second, third] = makeLines([3]);
  const { events, faults } = read([first!, change(second!), third!]);
  expect(events.map(({ seq }) => seq)).toEqual([1, 3]);
  expect(faults).toMatchObject([{ line: 2, kind: 'unknown-facts' }]);
});

it('says when each line became known without reading its facts', () => {
  const [line = ''] = makeLines([1]);
  const { at, ...others } = JSON.parse(line) as { at: string };
  expect(readTimes([line, JSON.stringify({ ...others, at }), 'nothing', '{"at":1}'])).toEqual([AT, AT, '', '']);
});
