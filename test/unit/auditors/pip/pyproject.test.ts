/** What a pyproject.toml states, what it hides, and what is not computed for it. */
import { describe, expect, it } from 'vitest';
import { audit, resolveExact, targetOf } from './demo.ts';
import { exited } from '../../../support/answer-program.ts';

const PROJECT = `
[project]
name = "Demo_App"
version = "1.0"
requires-python = ">=3.11"
dependencies = [
  "jinja2>=3",
  "demo-app[fast]",
  "shared",
  "private @ https://host.test/p.whl",
]
[project.optional-dependencies]
fast = ["orjson==3.9.0"]
[dependency-groups]
Dev_Tools = ["pytest==8.0", { include-group = "lint" }]
lint = ["ruff==0.5.0", {include-group = "dev-tools"}]
[tool.uv.sources]
shared = { workspace = true }
`;

function linesAsked(run: ReturnType<typeof audit>): readonly string[] {
  return run.invocations
    .filter(({ tool }) => tool === 'uv')
    .map(({ files }) => (files['requirements.in'] ?? '').trim().replaceAll('\n', ' '));
}

describe('a project', () => {
  const run = audit({ 'pyproject.toml': PROJECT });
  const byName = new Map(run.value.inventory.packages.map((entry) => [entry.name, entry]));

  it('is resolved once as it is installed and once with its groups', () => {
    expect(linesAsked(run)).toEqual(['jinja2>=3 orjson==3.9.0', 'jinja2>=3 orjson==3.9.0 pytest==8.0 ruff==0.5.0']);
  });

  it('ships its dependencies and extras, and only its groups are dev', () => {
    expect([...byName.values()].map(({ name, scope, direct }) => `${name} ${scope} ${String(direct)}`)).toEqual([
      'jinja2 prod true',
      'orjson prod true',
      'pytest dev true',
      'ruff dev true',
    ]);
  });

  it('names the line of each dependency', () => {
    expect(byName.get('jinja2')).toMatchObject({ source: 'pyproject.toml', line: 7 });
  });

  it('lists what comes from elsewhere instead of asking about its namesake', () => {
    expect(run.value.inventory.skipped.map(({ name }) => name)).toEqual(['private', 'shared']);
    expect(run.value.outcome).toMatchObject({ status: 'unavailable', reason: 'incomplete' });
  });
});

describe('a pyproject.toml', () => {
  it.each([
    ['[project', 'lockfile-unreadable'],
    ['[tool.poetry.dependencies]\npython = "^3.11"\n', 'lockfile-not-covered'],
    ['[project]\nname = "x"\ndynamic = ["dependencies"]\n', 'incomplete'],
    [
      '[project]\nname = "x"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = "../r.txt" }\n',
      'incomplete',
    ],
    ['[project]\nname = "x"\ndependencies = "idna"\n', 'incomplete'],
    ['[project]\nname = "x"\ndependencies = ["idna==2.8", 7]\n', 'incomplete'],
    ['[project]\nname = "x"\ndependencies = ["idna==2.8", "!!!"]\n', 'incomplete'],
    ['[dependency-groups]\na = [{ include-group = "gone" }]\n', 'incomplete'],
    ['[dependency-groups]\na = ["idna==2.8", { other = 1 }]\n', 'incomplete'],
  ])('%j is unavailable: %s', (text, reason) => {
    expect(audit({ 'pyproject.toml': text }).value.outcome).toMatchObject({ status: 'unavailable', reason });
  });

  it.each([
    '',
    '[build-system]\nrequires = ["setuptools"]\n',
    '[tool.ruff]\nline-length = 100\n',
    '[project]\nname = "x"\n',
  ])('%j asks for nothing', (text) => {
    const run = audit({ 'pyproject.toml': text });
    expect(run.value.outcome).toMatchObject({ status: 'not-applicable', reason: 'no-dependencies' });
    expect(run.invocations).toEqual([]);
  });

  it('that takes its dependencies from a file is read with that file, once', () => {
    const files = {
      'pyproject.toml':
        '[project]\nname = "x"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n',
      'requirements.txt': 'idna==2.8\n',
    };
    const run = audit(files);
    expect(run.value.outcome).toEqual({ status: 'audited' });
    expect(linesAsked(run)).toEqual(['idna==2.8']);
  });

  it.each(['.[dev]', '.', 'file:.'])(
    'covers `-e %s` of a requirements file beside it, and nobody else does',
    (place) => {
      const files = {
        'pyproject.toml': '[project]\nname = "x"\ndependencies = ["idna==2.8"]\n',
        'requirements.txt': `-e ${place}\n`,
      };
      expect(audit(files).value.outcome).toEqual({ status: 'audited' });
      expect(audit(files, {}, {}, targetOf('requirements.txt')).value.inventory.skipped).toMatchObject([
        { name: place },
      ]);
    },
  );

  it('does not take a key of the prototype for a table', () => {
    const text =
      '[project]\nname = "x"\n[dependency-groups]\n__proto__ = ["idna==2.8"]\nconstructor = ["ruff==0.5.0"]\n';
    const names = audit({ 'pyproject.toml': text }).value.inventory.packages.map(({ name }) => name);
    expect(names).toEqual(['idna', 'ruff']);
  });

  it('that includes groups in every way of combining them is read in no time', () => {
    const groups = Array.from(
      { length: 60 },
      (_, i) => `g${i} = [${`{ include-group = "g${i + 1}" }, `.repeat(5)}"p${i}"]`,
    );
    const run = audit({ 'pyproject.toml': `[dependency-groups]\n${groups.join('\n')}\ng60 = []\n` });
    expect(run.value.inventory.packages).toHaveLength(60);
  });

  it('is resolved for the Python it asks for when that is newer than the interpreter', () => {
    const text = '[project]\nname = "x"\nrequires-python = ">=3.13,<4"\ndependencies = ["idna>=2"]\n';
    const run = audit({ 'pyproject.toml': text });
    const versions = run.invocations
      .filter(({ tool }) => tool === 'uv')
      .map(({ args }) => args[args.indexOf('--python-version') + 1]);
    expect(versions.at(-1)).toBe('3.13');
    const older = audit({ 'pyproject.toml': text.replace('3.13', '3.8') });
    expect(older.invocations.some(({ args }) => args.includes('--python-version'))).toBe(false);
  });

  it('stays unresolved when uv says nothing', () => {
    const run = audit(
      { 'pyproject.toml': PROJECT },
      { uv: (lines) => (lines.length > 2 ? exited({}) : resolveExact(lines)) },
    );
    expect(run.value.outcome.status).toBe('unavailable');
  });
});
