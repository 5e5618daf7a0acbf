/** Which release was the last one, and what the next one is called. */
import { expect, it } from 'vitest';
import { nextRelease } from '../../../src/core/report/next-release.ts';

const NOW = '2026-01-01T00:00:00.000Z';

function tagged(...tags: readonly [tag: string, version: string, at?: string][]) {
  return tags.map(([tag, version, at = '2025-06-01T00:00:00.000Z']) => ({ tag, version, at, commit: 'f'.repeat(40) }));
}

it.each([
  ['no release', [], {}],
  [
    'the highest version, not the newest tag',
    tagged(['v2.0.0', '2.0.0'], ['v1.9.1', '1.9.1', '2025-12-01T00:00:00.000Z']),
    { last: 'v2.0.0', next: 'v2.0.1' },
  ],
  ['by number, not by text', tagged(['1.9.0', '1.9.0'], ['1.10.0', '1.10.0']), { last: '1.10.0', next: '1.10.1' }],
  ['the prefix of a monorepo', tagged(['api/v1.0.0', '1.0.0']), { last: 'api/v1.0.0', next: 'api/v1.0.1' }],
  [
    'a pre-release behind a release',
    tagged(['v1.0.0', '1.0.0'], ['v1.1.0-rc.1', '1.1.0-rc.1']),
    { last: 'v1.0.0', next: 'v1.0.1' },
  ],
  ['pre-releases only', tagged(['v1.0.0-rc.1', '1.0.0-rc.1']), { last: 'v1.0.0-rc.1', next: 'v1.0.0' }],
  [
    'a tag cut after the judged moment',
    tagged(['v1.0.0', '1.0.0'], ['v1.1.0', '1.1.0', '2026-02-01T00:00:00.000Z']),
    { last: 'v1.0.0', next: 'v1.0.1' },
  ],
  ['what is no version', tagged(['nightly', 'nightly']), {}],
])('%s', (_, releases, expected) => {
  expect(nextRelease(releases, NOW)).toStrictEqual(expected);
});
