/** What one line of a requirements file is taken for. */
import { describe, expect, it } from 'vitest';
import { readRequirementLine } from '../../../../src/core/auditors/pip/requirement-line.ts';
import { exactVersion, parseRequirement, writeRequirement } from '../../../../src/core/auditors/pip/requirement.ts';

function written(line: string): string | undefined {
  const read = readRequirementLine(line);
  return read.kind === 'requirement' ? writeRequirement(read.requirement) : undefined;
}

describe('requirements', () => {
  it.each([
    ['Jinja2', 'jinja2'],
    ['zope.interface == 5.0', 'zope-interface==5.0'],
    ['uvicorn[Standard, watch_x] >= 0.30, <1', 'uvicorn[standard,watch-x]>=0.30,<1'],
    ['a (>=1.0)', 'a>=1.0'],
    ['a==v1.0-Rc.1', 'a==1.0rc1'],
    ['a==1!2.0.post3+Local_1', 'a==1!2.0.post3+local.1'],
    ['a==1.*,!=1.5.*', 'a==1.*,!=1.5.*'],
    ['a===1.0', 'a===1.0'],
    ['a~=1.4', 'a~=1.4'],
    [
      'pywin32==306 ; sys_platform == "win32" and python_version>=\'3.8\'',
      'pywin32==306 ; sys_platform == "win32" and python_version>=\'3.8\'',
    ],
    ['a==1.0 --hash=sha256:00 --hash sha256:11', 'a==1.0'],
    ['a==1.0 --global-option="--x"', 'a==1.0'],
  ])('reads %s', (line, plain) => {
    expect(written(line)).toBe(plain);
  });

  it.each([
    'a >= 1.*',
    'a >= 1.0+local',
    'a ~= 1',
    'a == bogus!',
    'a == 1.0 ; bogus_marker < "3"',
    'a == 1.0 ; python_version < "3',
    'a == 1.0 ; (python_version < "3"',
    'a == 1.0 ;',
    'a == 1.0 ; sys_platform == "\u202e"',
    'a 1.0',
    'a[b==1.0',
    'a==1.0 b==2.0',
    'a==1.0 -r other.txt',
    '!!! garbage',
    'äpfel==1.0',
    'a\u0000==1.0',
    '_a==1.0',
    `a==${'1'.repeat(20)}`,
    `a==1.0,${'>1,'.repeat(4000)}`,
  ])('takes %j for garbage, not for nothing', (line) => {
    expect(readRequirementLine(line).kind).toBe('garbage');
  });

  it('marks a line that carries a hash', () => {
    expect(readRequirementLine('a==1.0 --hash=sha256:00')).toMatchObject({ kind: 'requirement', hashed: true });
    expect(readRequirementLine('a==1.0')).toMatchObject({ kind: 'requirement', hashed: false });
  });

  it.each([
    ['==1.0', '1.0'],
    ['===1.0', '1.0'],
    ['==1.0,>=0.9', '1.0'],
    ['==1.*', undefined],
    ['>=1.0', undefined],
    ['', undefined],
  ])('knows whether %j names one version', (specifier, version) => {
    expect(exactVersion(specifier)).toBe(version);
  });

  it('writes nothing that reads as an option, a comment or a second line', () => {
    const requirement = parseRequirement('a[b]==1.0 ; extra == "-r x # y"');
    expect(requirement).toBeDefined();
    expect(writeRequirement(requirement!)).toMatch(/^[a-z][^\n]*$/);
  });
});

describe('what cannot be audited', () => {
  it.each([
    ['-e ./x', './x', 'editable'],
    ['--editable=git+https://u:secret@host.test/a.git#egg=My_Lib', 'my-lib', 'editable'],
    ['git+https://host.test/a.git', 'git+https://host.test/a.git', 'version control'],
    ['https://u:secret@host.test/a-1.0.whl', 'https://host.test/a-1.0.whl', 'a URL'],
    ['lib @ https://host.test/a.whl ; python_version > "3"', 'lib', 'a URL'],
    ['lib[x] @ file:///srv/x', 'lib', 'a local file'],
    ['./x', './x', 'a local path'],
    ['../x', '../x', 'a local path'],
    ['vendor/x', 'vendor/x', 'a local path'],
    ['C:\\x', 'C:\\x', 'a local path'],
    ['a-1.0.tar.gz', 'a-1.0.tar.gz', 'a local path'],
    ['a==${VERSION}', 'a==${VERSION}', 'environment variable'],
    ['-r ${HOME}/x.txt', '-r ${HOME}/x.txt', 'environment variable'],
  ])('skips %s and says why', (line, name, why) => {
    const read = readRequirementLine(line);
    expect(read).toMatchObject({ kind: 'skipped', skipped: { name } });
    expect(JSON.stringify(read)).toContain(why);
    expect(JSON.stringify(read)).not.toContain('secret');
  });
});

describe('options', () => {
  it.each([
    ['-r base.txt', { kind: 'include', path: 'base.txt', as: 'requirements' }],
    ['-rbase.txt', { kind: 'include', path: 'base.txt', as: 'requirements' }],
    ['--requirement="my base.txt"', { kind: 'include', path: 'my base.txt', as: 'requirements' }],
    ['-c limits.txt', { kind: 'include', path: 'limits.txt', as: 'constraints' }],
    ['--constraint limits.txt', { kind: 'include', path: 'limits.txt', as: 'constraints' }],
    ['-i http://a.test', { kind: 'option', option: '-i', value: 'http://a.test' }],
    ['--extra-index-url=http://a.test', { kind: 'option', option: '--extra-index-url', value: 'http://a.test' }],
    ['--pre', { kind: 'option', option: '--pre', value: '' }],
    ['--no-binary :all:', { kind: 'option', option: '--no-binary', value: ':all:' }],
    ['--index-url http://a.test --trusted-host a.test', { kind: 'option', option: '--index-url' }],
    ['--require-hashes', { kind: 'harmless' }],
  ])('reads %s', (line, expected) => {
    expect(readRequirementLine(line)).toMatchObject(expected);
  });

  // pip understands each of these: what it would install is then not audited, and must not go unseen.
  it.each([
    '-r',
    '--requir base.txt',
    '--pre -r base.txt',
    '--no-index --requirement=base.txt',
    '-r a.txt -r b.txt',
    '--unknown',
    '-',
  ])('takes %s for garbage', (line) => {
    expect(readRequirementLine(line).kind).toBe('garbage');
  });
});
