/** What a uv.lock holds, and when it is out of step with its projects. */
import { describe, expect, it } from 'vitest';
import type { FakeFiles } from '../../../support/answer-program.ts';
import { audit, readInventory, targetOf } from './demo.ts';

const LOCK = `version = 1
revision = 3
requires-python = ">=3.11"

[manifest]
members = ["demo-app", "demo-lib"]
constraints = [{ name = "idna", specifier = "<4" }]

[[package]]
name = "colorama"
version = "0.4.6"
source = { registry = "https://index.test/simple" }

[[package]]
name = "demo-app"
version = "1.0"
source = { editable = "." }
dependencies = [
    { name = "demo-lib" },
    { name = "jinja2", extra = ["i18n"], marker = "sys_platform == 'win32'" },
]
[package.optional-dependencies]
yaml = [{ name = "pyyaml" }]
[package.dev-dependencies]
dev = [{ name = "pytest" }]
[package.metadata]
requires-dist = [
    { name = "demo-lib", editable = "libs/demo-lib" },
    { name = "jinja2", extras = ["i18n"], marker = "sys_platform == 'win32'", specifier = ">=2,!=2.5,<3" },
    { name = "pyyaml", marker = "extra == 'yaml'", specifier = ">=6" },
]
[package.metadata.requires-dev]
dev = [{ name = "pytest", specifier = ">=8" }]

[[package]]
name = "demo-lib"
version = "0.1"
source = { editable = "libs/demo-lib" }
dependencies = [{ name = "idna" }]
[package.metadata]
requires-dist = [{ name = "idna", specifier = "==2.8" }]

[[package]]
name = "forked"
version = "1.0"
source = { git = "https://host.test/f.git?rev=1#abc" }

[[package]]
name = "idna"
version = "2.8"
source = { registry = "https://index.test/simple" }

[[package]]
name = "jinja2"
version = "2.11.2"
source = { registry = "https://index.test/simple" }
dependencies = [{ name = "markupsafe" }]

[[package]]
name = "markupsafe"
version = "1.1.1"
source = { registry = "https://index.test/simple" }
dependencies = [{ name = "jinja2" }]

[[package]]
name = "pytest"
version = "8.0.0"
source = { registry = "https://index.test/simple" }
dependencies = [{ name = "colorama" }, { name = "markupsafe" }]

[[package]]
name = "pyyaml"
version = "6.0"
source = { registry = "https://index.test/simple" }
`;

const APP = `[project]
name = "demo-app"
dependencies = ["demo-lib", "Jinja2[i18n] <3,>=2,!=2.5 ; sys_platform == 'win32'"]
[project.optional-dependencies]
yaml = ["pyyaml>=6"]
[dependency-groups]
dev = ["pytest>=8"]
[tool.uv]
constraint-dependencies = ["idna<4"]
[tool.uv.sources]
demo-lib = { workspace = true }
`;
const LIB = '[project]\nname = "demo-lib"\ndependencies = ["idna==2.8"]\n';

const FILES: FakeFiles = { 'uv.lock': LOCK, 'pyproject.toml': APP, 'libs/demo-lib/pyproject.toml': LIB };
const TARGET = targetOf('pyproject.toml', 'uv.lock');
const WHOLE: FakeFiles = { ...FILES, 'uv.lock': LOCK.replace(/\[\[package\]\]\nname = "forked"[^[]*/, '') };

describe('a uv.lock', () => {
  const inventory = readInventory(FILES, TARGET);

  it('holds every package but the projects themselves, shipped ones first', () => {
    expect(inventory.packages.map(({ id, scope, direct }) => [id, scope, direct])).toEqual([
      ['colorama@0.4.6', 'dev', false],
      ['idna@2.8', 'prod', true],
      ['jinja2@2.11.2', 'prod', true],
      ['markupsafe@1.1.1', 'prod', false],
      ['pytest@8.0.0', 'dev', true],
      ['pyyaml@6.0', 'prod', true],
    ]);
  });

  it('names the line each package stands on', () => {
    const lines = LOCK.split('\n');
    const named = inventory.packages.map(({ line }) => lines[(line ?? 0) - 1]);
    expect(named).toEqual(inventory.packages.map(({ name }) => `name = "${name}"`));
  });

  it('knows what requires what, circles included', () => {
    expect(inventory.graphKnown).toBe(true);
    const requires = new Map(inventory.packages.map(({ name, requires: required }) => [name, required]));
    expect(requires.get('pytest')).toEqual(['colorama@0.4.6', 'markupsafe@1.1.1']);
    expect(requires.get('markupsafe')).toEqual(['jinja2@2.11.2']);
  });

  it('lists what comes from elsewhere, and names its files, the lock first', () => {
    expect(inventory.skipped).toMatchObject([{ name: 'forked', version: '1.0' }]);
    expect(inventory.files.map(({ path }) => path)).toEqual([
      'uv.lock',
      'libs/demo-lib/pyproject.toml',
      'pyproject.toml',
    ]);
  });

  it('is stale when it lost what a package of it requires', () => {
    const lock = (WHOLE['uv.lock'] as string).replace(/\[\[package\]\]\nname = "colorama"[^[]*/, '');
    const { outcome } = audit({ ...WHOLE, 'uv.lock': lock }, {}, {}, TARGET).value;
    expect(outcome).toMatchObject({
      reason: 'lockfile-stale',
      message: expect.stringContaining('pytest requires colorama') as string,
    });
  });

  it.each([
    ['wheels = [{ url = "https://files.test/idna-2.8-py3-none-any.whl" }]', 'audited'],
    ['wheels = [{ url = "https://files.test/idna-2.7-py3-none-any.whl" }]', 'lockfile-suspect'],
    ['wheels = [{ path = "evil-2.8-py3-none-any.whl" }]', 'lockfile-suspect'],
    ['sdist = { url = "https://files.test/idna-2.7.tar.gz?a=b" }', 'lockfile-suspect'],
    ['sdist = { url = "https://files.test/archive/refs/heads/main.zip" }', 'audited'],
  ])('with %s is %s', (files, expected) => {
    const lock = (WHOLE['uv.lock'] as string).replace(/(name = "idna"\nversion[^\n]*\nsource[^\n]*\n)/, `$1${files}\n`);
    const { outcome } = audit({ ...WHOLE, 'uv.lock': lock }, {}, {}, TARGET).value;
    expect(outcome.status === 'audited' ? outcome.status : outcome.reason).toBe(expected);
  });

  it('is stale when a member of the workspace came after it', () => {
    const outcomeOf = (member: string) => audit(WHOLE, {}, {}, { ...TARGET, members: [member] }).value.outcome;
    expect(outcomeOf('libs/demo-lib')).toEqual({ status: 'audited' });
    expect(outcomeOf('libs/new')).toMatchObject({ reason: 'lockfile-stale' });
  });

  it('is audited without resolving, and its pyproject.toml is not read twice', () => {
    const run = audit(WHOLE, { defaultIndex: 'https://index.test/simple/' }, {}, TARGET);
    expect(run.value.outcome).toEqual({ status: 'audited' });
    expect(run.value.problems).toEqual([]);
    expect(run.value.coverage).toEqual({ packages: 6, audited: 6, skipped: [] });
    expect(run.invocations.filter(({ args }) => args.includes('--universal'))).toEqual([]);
  });

  it('from an index that is not the default is told, and leaves nothing open', () => {
    const run = audit(WHOLE, { defaultIndex: 'https://other.test/simple' }, {}, TARGET);
    expect(run.value.problems).toMatchObject([{ code: 'lock-not-from-registry', blocks: false }]);
    expect(run.value.outcome).toEqual({ status: 'audited' });
  });

  it.each([
    ['version = 2\n'],
    ['not toml ['],
    ['version = 1\npackage = 3\n'],
    [''],
    ['<<<<<<< HEAD\nversion = 1\n=======\nversion = 1\n>>>>>>> x\n'],
  ])('%j is unreadable', (text) => {
    const { outcome } = audit({ ...FILES, 'uv.lock': text }, {}, {}, TARGET).value;
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'lockfile-unreadable' });
  });
});

describe('a uv.lock is stale when', () => {
  const app = (from: string, to: string): FakeFiles => ({ ...WHOLE, 'pyproject.toml': APP.replace(from, to) });

  it.each([
    ['a dependency was added', app('"demo-lib",', '"demo-lib", "requests",'), 'requests'],
    ['a dependency was removed', app('yaml = ["pyyaml>=6"]', ''), 'pyyaml'],
    ['a range was changed', app('<3,>=2', '<4,>=2'), 'jinja2'],
    ['a range was added', app('"pytest>=8"', '"pytest>=8,<9"'), 'pytest'],
    ['a group was added', app('[tool.uv]', 'lint = ["ruff"]\n[tool.uv]'), 'ruff'],
    ['a constraint was changed', app('idna<4', 'idna<3'), 'idna'],
    ['an override was added', app('[tool.uv]\n', '[tool.uv]\noverride-dependencies = ["click>=8"]\n'), 'click'],
    ['a member was changed', { ...WHOLE, 'libs/demo-lib/pyproject.toml': LIB.replace('2.8', '3.7') }, 'idna'],
    ['a member is gone', { 'uv.lock': WHOLE['uv.lock'] ?? '', 'pyproject.toml': APP }, 'demo-lib'],
    ['its project cannot be read', app('[project]', '[project'), 'pyproject.toml'],
    [
      'it is the lock of another project',
      {
        ...WHOLE,
        'uv.lock':
          'version = 1\n[[package]]\nname = "idna"\nversion = "2.8"\nsource = { registry = "https://index.test/simple" }\n',
      },
      'names no project',
    ],
  ])('%s', (_, files, named) => {
    const { outcome } = audit(files, {}, {}, TARGET).value;
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'lockfile-stale' });
    expect(JSON.stringify(outcome)).toContain(named);
  });

  it('and not when only the spelling differs', () => {
    const files = app(
      '"demo-lib", "Jinja2[i18n] <3,>=2,!=2.5 ; sys',
      '"Demo_Lib", "JINJA2[I18n] (!=2.5, >=2, <3.0) ; sys',
    );
    const exact = { ...files, 'uv.lock': (files['uv.lock'] as string).replace('>=2,!=2.5,<3"', '>=2,!=2.5,<3.0"') };
    expect(audit(exact, {}, {}, TARGET).value.outcome).toEqual({ status: 'audited' });
  });

  it('keeps what was found in it', () => {
    const run = audit(app('<3,>=2', '<4,>=2'), {}, {}, TARGET);
    expect(run.value.coverage.audited).toBe(6);
  });
});
