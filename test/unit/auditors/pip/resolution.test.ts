/** Ranges become pins through uv, and where they do not, what is exact is kept and the rest is named. */
import { describe, expect, it } from 'vitest';
import { audit, type UvAnswer, readInventory, resolveExact, resolveTo, targetOf, unresolvable } from './demo.ts';

function uvRuns(run: ReturnType<typeof audit>) {
  return run.invocations.filter(({ tool }) => tool === 'uv');
}

describe('a run of uv', () => {
  const files = {
    'requirements.txt':
      '--index-url http://evil.test\n--pre\n-c limits.txt\n-e ./x\nUvicorn[standard] >= 0.30 # web\nidna==2.8 ; python_version > "3"\n',
    'limits.txt': 'h11[extra]<0.15\n',
  };
  const [compile] = uvRuns(
    audit(files, {}, { pythonIndex: 'http://user:secret@index.test/simple' }, targetOf('requirements.txt')),
  );

  it('gets only lines of our own writing', () => {
    expect(compile?.files).toEqual({
      'requirements.in': 'idna==2.8 ; python_version > "3"\nuvicorn[standard]>=0.30\n',
      'constraints.in': 'h11<0.15\n',
    });
  });

  it('neither builds, nor reads configuration, nor looks for an interpreter', () => {
    for (const argument of ['--no-build', '--no-config', '--no-python-downloads', '--universal', '{python}']) {
      expect(compile?.args).toContain(argument);
    }
  });

  it('is told the index of the operator where evidence does not keep it', () => {
    expect(compile?.env).toMatchObject({ UV_DEFAULT_INDEX: 'http://user:secret@index.test/simple' });
    expect(compile?.args.join(' ')).not.toContain('secret');
  });

  it('is one a source, side by side', () => {
    const two = { 'requirements.txt': 'idna>=2\n', 'requirements-dev.txt': 'pytest>=8\n' };
    const run = audit(two);
    expect(
      run.steps.filter(({ ask }) => ask === 'run').map((step) => ('invocations' in step ? step.invocations.length : 0)),
    ).toEqual([2, 1]);
    expect(run.value.inventory.packages).toMatchObject([
      { id: 'idna@9.9', scope: 'prod', direct: true, source: 'requirements.txt', line: 1 },
      { id: 'pytest@9.9', scope: 'dev', direct: true, source: 'requirements-dev.txt', line: 1 },
    ]);
    expect(run.value.notes.join(' ')).toMatch(/resolved by uv .* for Python >=3\.11.*as they resolve today/);
  });
});

describe('a package in two files', () => {
  it('is shipped when one of them ships it, and stands where it is asked for', () => {
    const uv: UvAnswer = () => resolveTo({ name: 'idna', version: '3.7' }, { name: 'requests', version: '2.0' });
    const run = audit({ 'requirements-dev.txt': 'idna\n', 'requirements.txt': 'requests\n' }, { uv });
    expect(run.value.inventory.packages).toMatchObject([
      { id: 'idna@3.7', scope: 'prod', direct: true, source: 'requirements-dev.txt', line: 1 },
      { id: 'requests@2.0', scope: 'prod', direct: true, source: 'requirements.txt', line: 1 },
    ]);
  });
});

describe('a file pinned with hashes', () => {
  it('is a lock: uv is not asked, whatever the markers', () => {
    const text = 'idna==2.8 --hash=sha256:00\npywin32==306 ; sys_platform == "win32" --hash=sha256:00\n';
    const run = audit({ 'requirements.txt': text });
    expect(uvRuns(run)).toEqual([]);
    expect(run.value.coverage).toMatchObject({ packages: 2, audited: 2 });
    expect(run.value.outcome).toEqual({ status: 'audited' });
  });

  it('is none when one line lacks its hash or its version', () => {
    expect(uvRuns(audit({ 'requirements.txt': 'idna==2.8 --hash=sha256:00\nflask==1.0\n' }))).toHaveLength(1);
    expect(uvRuns(audit({ 'requirements.txt': 'idna>=2.8 --hash=sha256:00\n' }))).toHaveLength(1);
  });
});

describe('what uv cannot resolve', () => {
  const blames =
    (pattern: RegExp, stderr: string): UvAnswer =>
    (lines) =>
      lines.some((line) => pattern.test(line)) ? unresolvable(stderr) : resolveExact(lines);

  it('is left out when uv names it: an exact pin is audited by itself, and what it requires is open', () => {
    const stderr =
      'Because steam==1.0.0 has no usable wheels and you require steam==1.0.0, we can conclude that your requirements are unsatisfiable.\n\nhint: Wheels are required for `steam` because building from source is disabled for all packages (i.e., with `--no-build`)';
    const run = audit({ 'requirements.txt': 'steam==1.0.0\nidna>=2\n' }, { uv: blames(/^steam/, stderr) });
    expect(run.value.inventory.packages.map(({ id }) => id)).toEqual(['idna@9.9', 'steam@1.0.0']);
    expect(run.value.problems).toMatchObject([{ code: 'requirements-unknown' }]);
    expect(run.value.outcome).toMatchObject({
      reason: 'incomplete',
      message: expect.stringContaining('no usable wheels') as string,
    });
    const accepted = [{ package: 'Steam', reason: 'known' }];
    const again = audit(
      { 'requirements.txt': 'steam==1.0.0\nidna>=2\n' },
      { uv: blames(/^steam/, stderr) },
      { acceptedUnaudited: accepted },
    );
    expect(again.value.outcome).toEqual({ status: 'audited' });
  });

  it.each([
    [
      'not there',
      'Because gone was not found in the package registry and you require gone>=3, we can conclude that your requirements are unsatisfiable.',
    ],
    [
      'of no such version',
      'Because only gone<=1.0 is available and you require gone>=3, we can conclude that your\n         requirements are unsatisfiable.',
    ],
  ])('is skipped when it is a range %s', (_, stderr) => {
    const run = audit({ 'requirements.txt': 'gone>=3\nidna==2.8\n' }, { uv: blames(/^gone/, stderr) });
    expect(run.value.inventory.packages.map(({ id }) => id)).toEqual(['idna@2.8']);
    expect(run.value.inventory.skipped).toMatchObject([{ name: 'gone' }]);
    expect(run.value.outcome).toMatchObject({ status: 'unavailable', reason: 'incomplete' });
  });

  it('does not come back as what something else requires', () => {
    const uv: UvAnswer = (lines) =>
      lines.some((line) => line.startsWith('markupsafe'))
        ? unresolvable('Because you require markupsafe<2 and jinja2==2.11.2, no.')
        : resolveTo({ name: 'jinja2', version: '2.11.2' }, { name: 'markupsafe', version: '3.0' });
    const run = audit({ 'requirements.txt': 'jinja2==2.11.2\nmarkupsafe<2\nidna==2.8\n' }, { uv });
    expect(run.value.inventory.packages.map(({ id }) => id)).not.toContain('markupsafe@3.0');
    expect(run.value.inventory.skipped.map(({ name }) => name)).toContain('markupsafe');
  });

  it('leaves the exact pins when uv names nobody, within a few runs', () => {
    const run = audit({ 'requirements.txt': 'idna==2.8\nflask>=1\n' }, { uv: () => unresolvable('No.') });
    expect(uvRuns(run).length).toBeLessThanOrEqual(4);
    expect(run.value.inventory.packages.map(({ id }) => id)).toEqual(['idna@2.8']);
    expect(run.value.inventory.skipped.map(({ name }) => name)).toEqual(['flask']);
    expect(run.value.outcome).toMatchObject({ reason: 'incomplete' });
  });

  it('is resolution-failed when nothing is exact', () => {
    const run = audit({ 'requirements.txt': 'flask>=1\n' }, { uv: () => unresolvable('No.') });
    expect(run.value.outcome).toMatchObject({ status: 'unavailable', reason: 'resolution-failed' });
    expect(run.invocations.some(({ tool }) => tool === 'pip-audit')).toBe(false);
  });

  it.each([
    ['tool-missing', 'tool-missing'],
    ['timed-out', 'timed-out'],
    ['output-too-large', 'output-too-large'],
    ['interrupted', 'interrupted'],
    ['signaled', 'tool-failed'],
    ['not-started', 'tool-failed'],
  ] as const)('because uv is %s says so, and audits the exact pins', (status, reason) => {
    const run = audit({ 'requirements.txt': 'idna==2.8\nflask>=1\n' }, { uv: () => ({ status, exitCode: null }) });
    expect(run.value.outcome).toMatchObject({ status: 'unavailable', reason });
    expect(run.value.coverage.audited).toBe(1);
  });

  it.each([
    ['an exit code of 1 with a lock', { ...resolveTo({ name: 'idna', version: '1.0' }), exitCode: 1 }],
    ['a lock that is none', { files: { 'pylock.toml': '<html>' } }],
    ['no lock at all', {}],
  ])('because of %s counts as not resolved', (_, result) => {
    const run = audit({ 'requirements.txt': 'idna>=2\n' }, { uv: () => result });
    expect(run.value.outcome.status).toBe('unavailable');
  });

  it('for this Python is tried for the one uv names', () => {
    const hint =
      'Because numpy==2.5.5 depends on Python>=3.12.\n\nhint: The `requires-python` value (>=3.11) includes Python versions that are not supported by your dependencies. Consider using a more restrictive `requires-python` value (like >=3.12).';
    const uv: UvAnswer = (lines, { args }) => (args.includes('3.12') ? resolveExact(lines) : unresolvable(hint));
    const run = audit({ 'requirements.txt': 'numpy==2.5.5\n' }, { uv });
    expect(run.value.outcome).toEqual({ status: 'audited' });
  });

  it('while its index cannot be reached blames no package', () => {
    const uv: UvAnswer = () => unresolvable('Failed to fetch: `http://index.test/simple/idna/` and idna was not found');
    const run = audit({ 'requirements.txt': 'idna>=2\nflask==1.0\n' }, { uv });
    expect(uvRuns(run)).toHaveLength(1);
    expect(run.value.outcome).toMatchObject({
      reason: 'incomplete',
      message: expect.stringContaining('could not reach') as string,
    });
  });
});

describe('a requirement whose marker never holds', () => {
  const uv: UvAnswer = () => resolveTo({ name: 'flask', version: '1.0' });

  it('is told when it is a range, and audited when it is exact', () => {
    const text = 'flask\ntomli ; python_version < "3.8"\npywin32==306 ; sys_platform == "os2"\n';
    const { inventory, notes, outcome } = audit({ 'requirements.txt': text }, { uv }).value;
    expect(inventory.packages.map(({ id }) => id)).toEqual(['flask@1.0', 'pywin32@306']);
    expect(notes.join(' ')).toContain('tomli');
    expect(outcome).toEqual({ status: 'audited' });
  });
});

describe('a requirement for Pythons older than the one at hand', () => {
  const text = 'flask\ntomli>=1 ; python_version < "3.11"\n';
  const olderPython = (args: readonly string[]): boolean => args.includes('3.8');

  it('is resolved for those, with what it requires', () => {
    const uv: UvAnswer = (_, { args }) =>
      olderPython(args)
        ? resolveTo({ name: 'tomli', version: '2.0' }, { name: 'deep', version: '1.0' })
        : resolveTo({ name: 'flask', version: '1.0' });
    const run = audit({ 'requirements.txt': text }, { uv });
    expect(run.value.inventory.packages.map(({ id }) => id)).toEqual(['deep@1.0', 'flask@1.0', 'tomli@2.0']);
    expect(uvRuns(run)).toHaveLength(2);
  });

  it('is only told where those have no release of it', () => {
    const uv: UvAnswer = (_, { args }) =>
      olderPython(args) ? { exitCode: 1, stderr: 'No solution found' } : resolveTo({ name: 'flask', version: '1.0' });
    const { inventory, notes, outcome } = audit({ 'requirements.txt': text }, { uv }).value;
    expect(inventory.packages.map(({ id }) => id)).toEqual(['flask@1.0']);
    expect(notes.join(' ')).toContain('by their own markers: tomli');
    expect(outcome).toEqual({ status: 'audited' });
  });

  it('is skipped where nobody could ask', () => {
    const uv: UvAnswer = (_, { args }) =>
      olderPython(args) ? { exitCode: 2, stderr: 'dns error' } : resolveTo({ name: 'flask', version: '1.0' });
    expect(audit({ 'requirements.txt': text }, { uv }).value.outcome).toMatchObject({ reason: 'incomplete' });
  });

  it('is no concern of a project that says which Python it wants', () => {
    const uv: UvAnswer = () => resolveTo({ name: 'flask', version: '1.0' });
    const manifest = `[project]\nname = "x"\nrequires-python = ">=3.11"\ndependencies = ["flask", 'tomli; python_version < "3.11"']\n`;
    const run = audit({ 'pyproject.toml': manifest }, { uv });
    expect(uvRuns(run)).toHaveLength(1);
    expect(run.value.outcome).toEqual({ status: 'audited' });
  });
});

describe('the inventory without running anything', () => {
  it('holds what is exact', () => {
    const inventory = readInventory({
      'requirements.txt': 'Idna==2.8\nflask>=1\n',
      'requirements-dev.txt': '-r requirements.txt\n',
    });
    expect(inventory.packages).toMatchObject([{ id: 'idna@2.8', scope: 'prod', line: 1 }]);
    expect(inventory.graphKnown).toBe(false);
  });
});
