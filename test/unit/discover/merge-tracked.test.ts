import { describe, expect, it } from 'vitest';
import { mergeTracked } from '../../../src/core/discover/merge-tracked.ts';
import type { FileEntry, FileListing } from '../../../src/core/model/file.ts';

const listing = (...entries: readonly FileEntry[]): FileListing => ({ entries, problems: [] });
const file = (path: string): FileEntry => ({ path, kind: 'file' });

describe('mergeTracked', () => {
  it('puts a tracked manifest back that an ignore rule hid, in its place', () => {
    const merged = mergeTracked(listing(file('a/package.json'), file('c/package.json')), [
      'b/package-lock.json',
      'a/package.json',
    ]);
    expect(merged.entries).toEqual([
      file('a/package.json'),
      { path: 'b/package-lock.json', kind: 'file', trackedOnly: true },
      file('c/package.json'),
    ]);
  });

  it('says of a submodule that is not checked out that nothing in it was looked at', () => {
    const empty = (path: string, excludedBy?: string): FileEntry => ({
      path,
      kind: 'directory',
      ...(excludedBy === undefined ? {} : { excludedBy, excludedAt: path }),
    });
    const { problems } = mergeTracked(
      listing(empty('libs/x'), empty('plain'), empty('vendor/y', 'vendor/'), file('libs/z/package.json')),
      ['libs/x', 'libs/z', 'vendor/y'],
      ['libs/x', 'libs/z', 'vendor/y'],
    );
    expect(problems).toMatchObject([{ target: 'libs/x', code: 'submodule-missing', blocks: true }]);
  });

  it.each([
    'src/index.ts',
    'node_modules/x/package.json',
    'a/node_modules/x/package-lock.json',
    'lib/site-packages/x/setup.py',
    '.yarn/cache/x/package.json',
    'tools/py/lib/python3.12/site-packages/x/requirements.txt',
  ])('leaves %s where it is', (path) => {
    expect(mergeTracked(listing(), ['tools/py/pyvenv.cfg', path]).entries).toEqual([]);
  });

  it('lets no committed pyvenv.cfg hide what is committed beside or below it', () => {
    const paths = ['api/requirements.txt', 'api/worker/uv.lock'];
    const { entries } = mergeTracked(listing(), ['api/pyvenv.cfg', ...paths]);
    expect(entries).toEqual(paths.map((path) => ({ path, kind: 'file', trackedOnly: true })));
  });

  it('keeps what is excluded excluded, by the rule the walk met or because it is vendored', () => {
    const met: FileEntry = { path: 'demo/a/package.json', kind: 'file', excludedBy: '/demo', excludedAt: 'demo' };
    const { entries } = mergeTracked(listing(met), [
      'demo/b/uv.lock',
      'x/vendor/y/vendor/setup.py',
      'demolition/uv.lock',
    ]);
    expect(entries).toEqual([
      met,
      { path: 'demo/b/uv.lock', kind: 'file', trackedOnly: true, excludedAt: 'demo', excludedBy: '/demo' },
      { path: 'demolition/uv.lock', kind: 'file', trackedOnly: true },
      {
        path: 'x/vendor/y/vendor/setup.py',
        kind: 'file',
        trackedOnly: true,
        excludedAt: 'x/vendor',
        excludedBy: 'vendor/',
      },
    ]);
  });

  it('changes nothing when it is done twice, and keeps the problems', () => {
    const problems = [{ target: null, code: 'too-deep', message: '', mend: '', blocks: true }];
    const once = mergeTracked({ entries: [file('z/uv.lock')], problems }, ['a/uv.lock', 'a/uv.lock']);
    expect(mergeTracked(once, ['a/uv.lock'])).toEqual(once);
    expect(once.problems).toEqual(problems);
    expect(once.entries).toHaveLength(2);
  });
});
