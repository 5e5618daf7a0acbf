/** pylock.toml documents, as they are read and as pip-audit is asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPylock, writePylock } from '../../../../src/core/auditors/pip/pylock-document.ts';
import { audit, readInventory } from './demo.ts';

const LOCK = `lock-version = "1.0"
created-by = "demo"
[[packages]]
name = "Foo_Bar"
version = "1.0.0-rc1"
marker = "sys_platform == 'win32'"
[[packages]]
name = "foo.bar"
version = "2.0"
[[packages]]
name = "self"
directory = { path = ".", editable = true }
[[packages]]
name = "forked"
version = "1.0"
vcs = { type = "git", url = "https://host.test/f.git" }
[[packages]]
name = "unversioned"
[[packages]]
name = "odd"
version = "one"
[[packages]]
name = "-r /etc/passwd"
version = "1.0"
`;

describe('a pylock.toml', () => {
  it('is read whatever its markers say, and what has no published version is listed', () => {
    const inventory = readInventory({ 'pylock.toml': LOCK });
    expect(inventory.packages.map(({ id }) => id)).toEqual(['foo-bar@1.0.0rc1', 'foo-bar@2.0']);
    expect(inventory.skipped.map(({ name }) => name)).toEqual(['-r /etc/passwd', 'forked', 'odd', 'unversioned']);
  });

  it.each([
    ['the release', 'url = "https://files.test/Foo_Bar-2.0%2Bcpu-1-py3-none-any.whl"', 'audited'],
    ['an older release', 'url = "https://files.test/foo_bar-1.0-py3-none-any.whl#sha256=0"', 'lockfile-suspect'],
    ['another package', 'name = "evil-2.0-py3-none-any.whl"', 'lockfile-suspect'],
    ['nobody knows what', 'path = "wheels/latest.whl"', 'audited'],
  ])('whose wheel is of %s', (_title, wheel, expected) => {
    const version = wheel.includes('cpu') ? '2.0+cpu' : '2.0';
    const lock = `lock-version = "1.0"\n[[packages]]\nname = "foo.bar"\nversion = "${version}"\n[[packages.wheels]]\n${wheel}\n`;
    const { outcome } = audit({ 'pylock.toml': lock }).value;
    expect('reason' in outcome ? outcome.reason : outcome.status).toBe(expected);
  });

  it('is asked about without uv', () => {
    const run = audit({ 'pylock.toml': LOCK });
    expect(run.invocations.map(({ tool }) => tool)).toEqual(['pip-audit']);
    expect(run.invocations[0]?.files['pylock.toml']).toBe(
      writePylock([
        { name: 'foo-bar', version: '1.0.0rc1' },
        { name: 'foo-bar', version: '2.0' },
      ]),
    );
  });

  it.each([
    '',
    'not = [toml',
    'lock-version = "2.0"\n',
    'lock-version = 1\n',
    'lock-version = "1.0"\npackages = "idna"\n',
    '<html></html>',
    '\u0000',
  ])('%j is unreadable, not empty', (text) => {
    const { outcome } = audit({ 'pylock.toml': text }).value;
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'lockfile-unreadable' });
  });

  it('without packages asks for nothing', () => {
    const { outcome } = audit({ 'pylock.toml': 'lock-version = "1.0"\n' }).value;
    expect(outcome).toMatchObject({ status: 'not-applicable' });
  });

  it('written by us reads back as it was', () => {
    const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/).map((text) => text.replace(/-+/g, '-'));
    const version = fc.tuple(fc.nat(99), fc.nat(99)).map(([major, minor]) => `${major}.${minor}`);
    fc.assert(
      fc.property(fc.array(fc.record({ name, version })), (packages) => {
        expect(readPylock(writePylock(packages))).toMatchObject({ packages, skipped: [] });
      }),
    );
  });
});
