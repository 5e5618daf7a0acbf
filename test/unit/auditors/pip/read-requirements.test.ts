/** Includes are followed inside the repository, within limits, and never silently left out. */
import { describe, expect, it } from 'vitest';
import { readRequirements } from '../../../../src/core/auditors/pip/read-requirements.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';

function read(files: FakeFiles, path = 'requirements.txt') {
  const { value, steps } = answerProgram(readRequirements(path), files);
  return {
    ...value,
    names: value.requirements.map(({ requirement, file, line }) => `${requirement.name} ${file}:${line ?? 0}`),
    held: value.constraints.map(({ requirement }) => requirement.name),
    left: value.skipped.map(({ name }) => name),
    steps,
  };
}

describe('includes', () => {
  it('are followed relative to the file that names them, with the line each package stands on', () => {
    const files = {
      'api/requirements.txt': '# all\n-r requirements/base.txt\n-c ../limits.txt\nflask\n',
      'api/requirements/base.txt': 'django\n-r ../../shared/common.txt\n',
      'shared/common.txt': '\nidna\n',
      'limits.txt': 'urllib3<2\n',
    };
    const reading = read(files, 'api/requirements.txt');
    expect([...reading.names].sort()).toEqual([
      'django api/requirements/base.txt:1',
      'flask api/requirements.txt:4',
      'idna shared/common.txt:2',
    ]);
    expect(reading.held).toEqual(['urllib3']);
    expect(reading.files.map(({ path }) => path).sort()).toEqual(Object.keys(files).sort());
    expect(reading.left).toEqual([]);
  });

  it.each([
    ['-r ../secret.txt', '-r ../secret.txt'],
    ['-r /etc/passwd', '-r /etc/passwd'],
    ['-c file:///etc/passwd', '-c file:///etc/passwd'],
    ['-r https://host.test/r.txt', '-r https://host.test/r.txt'],
    ['-r ~/r.txt', '-r ~/r.txt'],
    ['-r missing.txt', '-r missing.txt'],
    ['-r link.txt', '-r link.txt'],
  ])('%s is listed as not read', (line, name) => {
    const link = { status: 'outside', path: 'link.txt', detail: 'its real path leaves the repository' } as const;
    const reading = read({ 'requirements.txt': `${line}\nidna\n`, 'link.txt': link });
    expect(reading.left).toEqual([name]);
    expect(reading.skipped[0]?.reason).toContain('requirements.txt:1');
    expect(reading.names).toEqual(['idna requirements.txt:2']);
  });

  it('may go in a circle and are read once a role', () => {
    const reading = read({ 'requirements.txt': '-r a.txt\n-c a.txt\n', 'a.txt': '-r requirements.txt\nidna\n' });
    expect(reading.names).toEqual(['idna a.txt:2']);
    expect(reading.held).toEqual(['idna']);
    expect(reading.left).toEqual([]);
  });

  it('end at ten levels, and say so', () => {
    const chain = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`r${i}.txt`, `p${i}\n-r r${i + 1}.txt\n`]));
    const reading = read(chain, 'r0.txt');
    expect(reading.requirements).toHaveLength(11);
    expect(reading.skipped).toMatchObject([{ name: '-r r11.txt' }]);
  });

  it('end at a hundred files, and say so', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`r${i}.txt`, `p${i}\n`]));
    const all = Object.keys(many).map((name) => `-r ${name}`);
    const reading = read({ ...many, 'requirements.txt': all.join('\n') });
    expect(reading.requirements).toHaveLength(99);
    expect(reading.skipped).toHaveLength(51);
  });

  it('end at 4 MiB together, and say so', () => {
    const huge = `#${'x'.repeat(5 * 1024 * 1024)}\n`;
    const reading = read({
      'requirements.txt': '-r huge.txt\n-r after.txt\n',
      'huge.txt': huge,
      'after.txt': 'idna\n',
    });
    expect(reading.left).toEqual(['-r after.txt']);
  });

  it('survive a file of nothing but includes', () => {
    const reading = read({ 'requirements.txt': '-r a.txt\n'.repeat(150_000), 'a.txt': 'idna' });
    expect(reading.names).toEqual(['idna a.txt:1']);
  });
});

describe('the file itself', () => {
  it.each(['missing', 'not-a-file', 'too-large', 'outside', 'unreadable'] as const)('%s is a failure', (status) => {
    const file = { status, path: 'requirements.txt', detail: 'it is not there for us' };
    expect(read({ 'requirements.txt': file }).failure).toBe('it is not there for us');
  });

  it('with broken bytes in a comment is read, and with broken bytes in a line is not passed over', () => {
    const text = '# caf\ufffd\nidna==2.8\nna\ufffdme==1.0\n';
    const file = { status: 'ok', path: 'requirements.txt', text, encoding: 'lossy', sha256: '00' } as const;
    const reading = read({ 'requirements.txt': file });
    expect(reading.names).toEqual(['idna requirements.txt:2']);
    expect(reading.left).toHaveLength(1);
  });
});
