/** The version a file of a Python index belongs to. */
import { expect, it } from 'vitest';
import { versionOfFile } from '../../../src/adapters/registry/file-version.ts';

it.each([
  ['left', 'left-1.0.tar.gz', '1.0'],
  ['left', 'left-1.0.zip', '1.0'],
  ['left', 'left-1.0.tgz', '1.0'],
  ['left', 'left-1.0-1.tar.bz2', '1.0-1'],
  ['left', 'left-1.0-py3-none-any.whl', '1.0'],
  ['left', 'left-1.0-1build-cp312-cp312-manylinux_2_17_x86_64.whl', '1.0'],
  ['left', 'Left-1.0-py2.7.egg', '1.0'],
  ['left', 'left-1!2.0rc1+local.tar.gz', '1!2.0rc1+local'],
  ['left-pad', 'left-pad-1.0.tar.gz', '1.0'],
  ['left-pad', 'Left_Pad-1.0.tar.gz', '1.0'],
  ['left-pad', 'left.pad-1.0-py3-none-any.whl', '1.0'],
  ['left-2', 'left-2-1.0.tar.gz', '1.0'],
])('%s: %s is of %s', (name, file, version) => {
  expect(versionOfFile(name, file)).toBe(version);
});

it.each([
  ['left', 'right-1.0.tar.gz'],
  ['left', 'right-1.0-py3-none-any.whl'],
  ['left', 'left.tar.gz'],
  ['left', 'left-.tar.gz'],
  ['left', 'left-1.0.win32.exe'],
  ['left', 'left-1.0.tar.gz.asc'],
  ['left', ''],
  ['left', 'left.whl'],
])('%s: %s tells no version', (name, file) => {
  expect(versionOfFile(name, file)).toBeUndefined();
});
