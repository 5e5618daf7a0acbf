import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderMatcher } from '../../../src/core/discover/globs.ts';

describe('folderMatcher', () => {
  it.each<[string, string, boolean]>([
    ['packages/*', 'packages/a', true],
    ['packages/*', 'packages/a/b', false],
    ['packages/*', 'packages', false],
    ['./packages/*/', 'packages/a', true],
    ['packages/**', 'packages/a/b/c', true],
    ['**/web', 'web', true],
    ['**/web', 'a/b/web', true],
    ['a/**/b/**/c', 'a/x/b/y/z/c', true],
    ['a/**/b', 'a/x/c', false],
    ['apps/web', 'apps/web', true],
    ['apps/web', 'apps/web2', false],
    ['{apps,libs}/*', 'libs/x', true],
    ['{apps,libs/{a,b}}', 'libs/b', true],
    ['{apps}', 'apps', false],
    ['pkg-?', 'pkg-1', true],
    ['pkg-[a-c]', 'pkg-b', true],
    ['pkg-[!a-c]', 'pkg-b', false],
    ['pkg-[]x]', 'pkg-]', true],
    ['*.d', 'x.d', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['*', '.hidden', false],
    ['**', 'a/.hidden', false],
    ['.hidden', '.hidden', true],
    ['', 'a', false],
    ['[', '[', true],
    ['päckages/*', 'päckages/ö', true],
  ])('%j against %j: %s', (pattern, folder, expected) => {
    expect(folderMatcher([pattern])(folder)).toBe(expected);
  });

  it.each<[readonly string[], string, boolean]>([
    [['packages/*', '!packages/old'], 'packages/old', false],
    [['!packages/old', 'packages/*'], 'packages/old', true],
    [['packages/*', '!packages/old', 'packages/old'], 'packages/old', true],
    [['!!packages/a'], 'packages/a', true],
    [[], 'packages/a', false],
  ])('%j against %j: %s', (patterns, folder, expected) => {
    expect(folderMatcher(patterns)(folder)).toBe(expected);
  });

  it('is not stalled by a pattern made to be slow', () => {
    const name = 'a'.repeat(250);
    const folder = Array.from({ length: 60 }, () => name).join('/');
    const patterns = [
      `${'*a'.repeat(100)}b`,
      `${'**/*a*/'.repeat(60)}b`,
      '{a,b}'.repeat(200),
      '{'.repeat(1000),
      `${'a'.repeat(5000)}*`,
    ];
    expect(patterns.map((pattern) => folderMatcher([pattern])(folder))).toEqual(patterns.map(() => false));
  });

  it('answers for any pattern and any folder', () => {
    const piece = fc.constantFrom('*', '**', '?', '/', '[', ']', '{', '}', ',', '!', '\\', '-', 'a', 'b', '.');
    const any = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(any, any, (pattern, folder) => typeof folderMatcher([pattern])(folder) === 'boolean'));
  });

  it('takes a name without wildcards for itself', () => {
    const path = fc
      .array(fc.stringMatching(/^[a-z0-9_-]{1,8}$/), { minLength: 1, maxLength: 5 })
      .map((names) => names.join('/'));
    fc.assert(fc.property(path, path, (one, other) => folderMatcher([one])(other) === (one === other)));
  });
});
