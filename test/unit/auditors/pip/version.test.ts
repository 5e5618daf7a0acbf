/** Versions are written as Python's `packaging` writes them, so that answers can be counted. */
import { describe, expect, it } from 'vitest';
import { isNewerPython } from '../../../../src/core/auditors/pip/blame.ts';
import { scopeOfFile } from '../../../../src/core/model/file-scope.ts';
import { canonicalVersion, publicVersion } from '../../../../src/core/auditors/pip/version.ts';

describe('versions', () => {
  // The right column is what str(packaging.version.Version(left)) gives.
  it.each([
    ['1.0', '1.0'],
    ['v1.0-Rc.01', '1.0rc1'],
    ['1!2.0.post3', '1!2.0.post3'],
    ['1.0+CPU-1_a', '1.0+cpu.1.a'],
    ['1.0+007', '1.0+7'],
    ['2.0.0-1', '2.0.0.post1'],
    ['1.0.dev', '1.0.dev0'],
    ['01.02', '1.2'],
    ['1.0a', '1.0a0'],
    ['1.0c1', '1.0rc1'],
    [' 1.0 ', '1.0'],
    ['20240101', '20240101'],
  ])('%s is %s', (written, normal) => {
    expect(canonicalVersion(written)).toBe(normal);
  });

  it.each(['', 'bogus!', '1.0.*', '1_0', '1.0 2.0', '1.0\n2.0', '20240101123456789012', `1.${'0'.repeat(200)}`])(
    '%j is none',
    (written) => {
      expect(canonicalVersion(written)).toBeUndefined();
    },
  );

  it('are asked about without their local label', () => {
    expect(publicVersion('2.0.0+cpu')).toBe('2.0.0');
    expect(publicVersion('2.0.0')).toBe('2.0.0');
  });

  it('of Python compare by number', () => {
    expect(isNewerPython('3.11', '3.9')).toBe(true);
    expect(isNewerPython('3.9', '3.11')).toBe(false);
    expect(isNewerPython('3.9', '3.9')).toBe(false);
  });
});

describe('scope by file name', () => {
  it.each([
    ['requirements.txt', 'prod'],
    ['requirements-dev.txt', 'dev'],
    ['requirements_test.txt', 'dev'],
    ['requirements.lint.txt', 'dev'],
    ['requirements/docs.txt', 'dev'],
    ['requirements/test/extra.txt', 'dev'],
    ['requirements/base.txt', 'prod'],
    ['dev/requirements.txt', 'prod'],
    ['requirements-device.txt', 'prod'],
    ['REQUIREMENTS-DEV.txt', 'dev'],
    ['pylock.dev.toml', 'dev'],
  ])('%s is %s', (path, scope) => {
    expect(scopeOfFile(path)).toBe(scope);
  });
});
