/** Which folders npm takes for workspaces. */
import { describe, expect, it } from 'vitest';
import { isWorkspace } from '../../../../src/core/auditors/npm/workspace-pattern.ts';

describe('isWorkspace', () => {
  it.each<[string, readonly string[], boolean]>([
    ['packages/a', ['packages/*'], true],
    ['packages/a', ['./packages/*/'], true],
    ['packages/a/b', ['packages/*'], false],
    ['packages/a/b', ['packages/**'], true],
    ['a', ['**'], true],
    ['x/y/a', ['**/a'], true],
    ['apps/web', ['{apps,libs}/*'], true],
    ['apps/web', ['apps/{api,w?b}'], true],
    ['tools', ['packages/*'], false],
    ['packages/a', ['packages/*', '!packages/a'], false],
    ['packages/a', ['!packages/a', 'packages/*'], true],
    ['packages/a', ['packages/*', '!!packages/a'], true],
    ['packages/abcabd', ['packages/*abd'], true],
    ['packages/a.b', ['packages/a?b'], true],
    ['packages/axb', ['packages/a.b'], false],
    ['vendor/lodash', [], false],
  ])('%s in %j: %s', (folder, patterns, expected) => {
    expect(isWorkspace(folder, patterns)).toBe(expected);
  });

  it('bounds what a hostile pattern may cost', () => {
    const folder = 'a'.repeat(900);
    expect(isWorkspace(folder, [`${'*a'.repeat(400)}b`])).toBe(false);
    expect(isWorkspace(folder, ['{a,b}'.repeat(190)])).toBe(false);
    expect(isWorkspace(folder, [`${'**/'.repeat(300)}b`])).toBe(false);
  });
});
