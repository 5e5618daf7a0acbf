import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discover, type Discovery } from '../../../src/core/discover/discover.ts';
import type { FileEntry, FileListing, FileRead } from '../../../src/core/model/file.ts';
import { byText } from '../../../src/core/model/order.ts';
import { answerProgram, type FakeFiles } from '../../support/answer-program.ts';

const DEPENDENCIES = JSON.stringify({ dependencies: { left: '1' } });
const NONE = '{"name":"x","type":"module"}';

function listingOf(files: FakeFiles, more: readonly FileEntry[] = []): FileListing {
  const entries = Object.keys(files).map((path): FileEntry => ({ path, kind: 'file' }));
  return { entries: [...entries, ...more].sort((a, b) => byText(a.path, b.path)), problems: [] };
}

function discoverIn(files: FakeFiles, more: readonly FileEntry[] = []): Discovery {
  return answerProgram(discover(listingOf(files, more)), files).value;
}

const targetsOf = ({ targets }: Discovery) =>
  targets.map(({ path, ecosystem, sources }) => [path, ecosystem, sources.map((source) => source.path)]);
const asideOf = ({ setAside }: Discovery) => setAside.map(({ path, outcome, reason }) => [path, outcome, reason]);

describe('npm folders', () => {
  it.each(['package-lock.json', 'npm-shrinkwrap.json'])('makes a target of a folder with %s', (lock) => {
    const found = discoverIn({ 'web/package.json': DEPENDENCIES, [`web/${lock}`]: '{}' });
    expect(targetsOf(found)).toEqual([['web', 'npm', [`web/${lock}`, 'web/package.json'].sort()]]);
    expect(asideOf(found)).toEqual([]);
  });

  it('hands every lock of the folder to the auditor, which sees what they hide', () => {
    const found = discoverIn({
      'package-lock.json': '{}',
      'npm-shrinkwrap.json': '{}',
      'yarn.lock': '',
      'package.json': NONE,
    });
    expect(targetsOf(found)).toEqual([
      ['.', 'npm', ['npm-shrinkwrap.json', 'package-lock.json', 'package.json', 'yarn.lock']],
    ]);
  });

  it('makes a target of a lock that stands alone', () => {
    expect(targetsOf(discoverIn({ 'package-lock.json': '' }))).toEqual([['.', 'npm', ['package-lock.json']]]);
  });

  it.each(['yarn.lock', 'pnpm-lock.yaml', 'bun.lock'])('takes a folder with %s for a target', (lock) => {
    const found = discoverIn({ 'web/package.json': NONE, [`web/${lock}`]: '' });
    expect(found.setAside).toEqual([]);
    expect(found.targets.map(({ path, sources }) => [path, sources.map((source) => source.path)])).toEqual([
      ['web', ['web/package.json', `web/${lock}`].sort()],
    ]);
  });

  it.each(['bun.lockb'])('says that no auditor reads %s', (lock) => {
    const found = discoverIn({ 'web/package.json': NONE, [`web/${lock}`]: '' });
    expect(asideOf(found)).toEqual([['web', 'unavailable', 'lockfile-not-covered']]);
    expect(found.setAside[0]?.message).toContain(lock);
    expect(found.targets).toEqual([]);
  });

  it.each<[string, string | FileRead, string, string]>([
    ['dependencies', DEPENDENCIES, 'unavailable', 'no-lockfile'],
    ['only devDependencies', '{"devDependencies":{"a":"1"}}', 'unavailable', 'no-lockfile'],
    ['only optionalDependencies', '{"optionalDependencies":{"a":"1"}}', 'unavailable', 'no-lockfile'],
    ['only peerDependencies', '{"peerDependencies":{"a":"1"}}', 'unavailable', 'no-lockfile'],
    ['dependencies of a wrong shape', '{"dependencies":"a"}', 'unavailable', 'no-lockfile'],
    ['a __proto__ among dependencies', '{"dependencies":{"__proto__":"1"}}', 'unavailable', 'no-lockfile'],
    ['none', NONE, 'not-applicable', 'no-dependencies'],
    ['empty tables', '{"dependencies":{},"devDependencies":null}', 'not-applicable', 'no-dependencies'],
    ['garbage', '<<<<<<< HEAD', 'unavailable', 'lockfile-unreadable'],
    ['nothing', '', 'unavailable', 'lockfile-unreadable'],
    ['a list', '[]', 'unavailable', 'lockfile-unreadable'],
    [
      'an unreadable file',
      { status: 'unreadable', path: 'web/package.json', detail: 'EACCES' },
      'unavailable',
      'lockfile-unreadable',
    ],
  ])('judges a package.json without a lock: %s', (_, manifest, outcome, reason) => {
    expect(asideOf(discoverIn({ 'web/package.json': manifest }))).toEqual([['web', outcome, reason]]);
  });

  it.each<[string, FakeFiles]>([
    ['npm', { 'package.json': '{"workspaces":["packages/*","!packages/out"]}', 'package-lock.json': '{}' }],
    [
      'npm, long form',
      { 'package.json': '{"workspaces":{"packages":["packages/*","!packages/out"]}}', 'package-lock.json': '{}' },
    ],
    ['yarn', { 'package.json': '{"workspaces":["packages/*","!packages/out"]}', 'yarn.lock': '' }],
    [
      'pnpm',
      {
        'package.json': NONE,
        'pnpm-lock.yaml': '',
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - "!packages/out"\n',
      },
    ],
  ])('asks for no lock of the members of a workspace: %s', (_, root) => {
    const found = discoverIn({
      ...root,
      'packages/in/package.json': DEPENDENCIES,
      'packages/out/package.json': DEPENDENCIES,
      'packages/own/package.json': DEPENDENCIES,
      'packages/own/package-lock.json': '{}',
    });
    expect(asideOf(found).filter(([path]) => path !== '.')).toEqual([
      ['packages/in', 'not-applicable', 'workspace-member'],
      ['packages/out', 'unavailable', 'no-lockfile'],
    ]);
    expect(targetsOf(found).map(([path]) => path)).toContain('packages/own');
    expect(found.setAside.find(({ path }) => path === 'packages/in')?.message).toContain('the repository root');
  });

  it('tells the auditor of the root which members ask for packages and have no lock of their own', () => {
    const found = discoverIn({
      'js/package.json': '{"workspaces":["*"]}',
      'js/package-lock.json': '{}',
      'js/b/package.json': DEPENDENCIES,
      'js/a/package.json': DEPENDENCIES,
      'js/none/package.json': NONE,
      'js/own/package.json': DEPENDENCIES,
      'js/own/yarn.lock': '',
    });
    expect(found.targets.map(({ path, members, idleMembers }) => [path, members, idleMembers])).toEqual([
      ['js', ['js/a', 'js/b'], ['js/none']],
      ['js/own', undefined, undefined],
    ]);
  });

  it('names the root of a workspace that is no repository root', () => {
    const found = discoverIn({
      'js/package.json': '{"workspaces":["*"]}',
      'js/package-lock.json': '{}',
      'js/a/package.json': DEPENDENCIES,
    });
    expect(found.setAside[0]?.message).toContain('workspace of js');
  });

  it('does not take members of a root without a lock for covered', () => {
    const found = discoverIn({ 'package.json': '{"workspaces":["*"]}', 'a/package.json': DEPENDENCIES });
    expect(asideOf(found)).toEqual([
      ['.', 'not-applicable', 'no-dependencies'],
      ['a', 'unavailable', 'no-lockfile'],
    ]);
  });
});

describe('Python folders', () => {
  it.each([
    'requirements.txt',
    'requirements-dev.txt',
    'dev-requirements.txt',
    'Requirements.txt',
    'test_requirements_ci.txt',
    'requirements/base.txt',
    'requirements.lock',
    'requirements-dev.lock',
    'requirements.pip',
    'pylock.toml',
    'pylock.prod.toml',
    'uv.lock',
  ])('makes a target of %s', (path) => {
    expect(targetsOf(discoverIn({ [`api/${path}`]: '' }))).toEqual([['api', 'PyPI', [`api/${path}`]]]);
  });

  it.each([
    'constraints.txt',
    'requirements/constraints.txt',
    'pylock.a.b.toml',
    'requirements.md',
    'notes.txt',
    'my-uv.lock',
  ])('does not take %s for a statement of packages', (path) => {
    expect(discoverIn({ [path]: '' })).toEqual({ targets: [], setAside: [], problems: [] });
  });

  it('takes whatever text lies below a requirements folder for a statement of packages', () => {
    const found = discoverIn({ 'requirements/web/base.txt': '', 'requirements/web/constraints.txt': '' });
    expect(targetsOf(found)).toEqual([['requirements/web', 'PyPI', ['requirements/web/base.txt']]]);
  });

  it('takes everything a folder states for one target', () => {
    const found = discoverIn({
      'api/requirements.txt': '',
      'api/requirements/dev.txt': '',
      'api/pyproject.toml': '[project]\ndependencies = ["a"]',
      'api/uv.lock': '',
    });
    expect(targetsOf(found)).toEqual([
      ['api', 'PyPI', ['api/pyproject.toml', 'api/requirements.txt', 'api/requirements/dev.txt', 'api/uv.lock']],
    ]);
  });

  it('keeps the ecosystems of one folder apart', () => {
    const found = discoverIn({ 'package-lock.json': '{}', 'requirements.txt': '' });
    expect(targetsOf(found)).toEqual([
      ['.', 'PyPI', ['requirements.txt']],
      ['.', 'npm', ['package-lock.json']],
    ]);
  });

  it.each<[string, string]>([
    ['dependencies', '[project]\ndependencies = ["a"]'],
    ['optional dependencies', '[project.optional-dependencies]\nx = ["a"]'],
    ['dependency groups', '[dependency-groups]\ndev = ["a"]'],
    ['dependencies of a wrong shape', '[project]\ndependencies = "a"'],
  ])('audits a pyproject.toml with %s', (_, toml) => {
    const found = discoverIn({ 'pyproject.toml': toml });
    expect([targetsOf(found), asideOf(found)]).toEqual([[['.', 'PyPI', ['pyproject.toml']]], []]);
  });

  it.each<[string, string, string, string]>([
    ['states nothing', '[project]\nname = "x"\ndependencies = []', 'not-applicable', 'no-dependencies'],
    ['only configures tools', '[tool.ruff]\nline-length = 100', 'not-applicable', 'no-dependencies'],
    [
      'only asks Poetry for Python',
      '[tool.poetry.dependencies]\npython = "^3.11"',
      'not-applicable',
      'no-dependencies',
    ],
    ["uses Poetry's table", '[tool.poetry.dependencies]\npython = "^3.11"\na = "1"', 'unavailable', 'no-lockfile'],
    ["uses Poetry's groups", '[tool.poetry.group.dev.dependencies]\na = "1"', 'unavailable', 'no-lockfile'],
    ["uses PDM's table", '[tool.pdm.dev-dependencies]\ntest = ["a"]', 'unavailable', 'no-lockfile'],
    [
      "uses Hatch's environments",
      '[tool.hatch.envs.default]\n[tool.hatch.envs.lint]\nextra-dependencies = ["a"]',
      'unavailable',
      'no-lockfile',
    ],
    ["uses uv's older table", '[tool.uv]\ndev-dependencies = ["a"]', 'unavailable', 'no-lockfile'],
    ['is no TOML', '[[[', 'unavailable', 'lockfile-unreadable'],
    ['has no table where one belongs', 'project = "x"', 'unavailable', 'lockfile-unreadable'],
    [
      'hides dependencies in a wrong shape',
      '[tool.poetry]\ndependencies = ["a"]',
      'unavailable',
      'lockfile-unreadable',
    ],
  ])('sets a pyproject.toml aside that %s', (_, toml, outcome, reason) => {
    const found = discoverIn({ 'pyproject.toml': toml });
    expect([targetsOf(found), asideOf(found)]).toEqual([[], [['.', outcome, reason]]]);
  });

  it('audits what [project] states and names what Poetry adds', () => {
    const toml =
      '[project]\ndependencies = ["a"]\n[tool.poetry.dependencies]\na = {source = "x"}\n[tool.poetry.group.dev.dependencies]\nb = "1"';
    const found = discoverIn({ 'pyproject.toml': toml });
    expect([targetsOf(found).length, asideOf(found)]).toEqual([1, [['.', 'unavailable', 'no-lockfile']]]);
  });

  it('lets requirements speak for a pyproject.toml that states nothing itself', () => {
    for (const toml of ['[tool.ruff]', '[project]\nname = "x"\ndynamic = ["dependencies"]']) {
      const found = discoverIn({ 'pyproject.toml': toml, 'requirements.txt': '' });
      expect([targetsOf(found), asideOf(found)]).toEqual([[['.', 'PyPI', ['requirements.txt']]], []]);
    }
  });

  it.each<[string, readonly string[]]>([
    ['pdm.lock', ['pdm.lock']],
    ['Pipfile', ['Pipfile']],
    ['environment.yml', ['environment.yml']],
  ])('says that no auditor reads %s, beside requirements too', (_, paths) => {
    const files = Object.fromEntries(paths.map((path) => [path, 'name: x\ndependencies:\n  - a\n']));
    for (const beside of [{}, { 'requirements.txt': '' }]) {
      const found = discoverIn({ ...files, ...beside });
      expect(found.setAside).toMatchObject([
        { outcome: 'unavailable', reason: 'lockfile-not-covered', sources: paths.map((path) => ({ path })) },
      ]);
    }
  });

  it.each<[string, string]>([
    ['pixi.toml', '[workspace]\nname = "x"\n[pypi-dependencies]\na = "*"\n'],
    ['pixi.lock', 'version: 6\n'],
    ['conda-lock.yml', 'version: 1\npackage: []\n'],
    ['environment-dev.yml', 'channels: [conda-forge]\ndependencies: [a]\n'],
    ['prod.env.yaml', 'dependencies:\n  - python=3.12\n  - a\n'],
    ['conda_env.yaml', 'dependencies:\n  - pip\n'],
    ['hatch.toml', '[envs.default]\ndependencies = ["a"]\n'],
  ])('says that nobody looks at what %s states, beside requirements too', (name, text) => {
    const found = discoverIn({ [`b/${name}`]: text, 'b/requirements.txt': '' });
    expect(found.setAside).toMatchObject([{ path: 'b', outcome: 'unavailable', sources: [{ path: `b/${name}` }] }]);
    expect(found.setAside[0]?.message).toContain(name);
  });

  it.each<[string, string]>([
    ['pixi.toml', '[workspace]\nname = "x"\n'],
    ['hatch.toml', '[build]\nskip-excluded-dirs = true\n'],
    ['environment-dev.yml', 'dependencies:\n  - queue\n  - database\n'],
    ['env.yaml', 'region: eu\n'],
  ])('has nothing to say of a %s that states no packages', (name, text) => {
    expect(discoverIn({ [name]: text }).setAside).toEqual([]);
  });

  it.each<[string, string]>([
    ['tool.rye', '[tool.rye]\ndev-dependencies = ["a"]'],
    ['tool.flit.metadata', '[tool.flit.metadata]\nmodule = "x"\nrequires = ["a"]'],
    ['tool.flit.metadata', '[tool.flit.metadata.requires-extra]\ntest = ["a"]'],
    ['tool.pixi', '[tool.pixi.dependencies]\npython = "3.12"\na = "*"'],
    ['tool.pixi', '[tool.pixi.pypi-dependencies]\na = "==1"'],
    ['tool.pixi', '[tool.pixi.feature.test.dependencies]\na = "*"'],
  ])('says that nobody reads [%s]', (table, text) => {
    const found = discoverIn({ 'pyproject.toml': `[project]\nname = "x"\ndependencies = ["b"]\n${text}\n` });
    expect(found.setAside).toMatchObject([
      { reason: 'no-lockfile', message: expect.stringContaining(`[${table}]`) as string },
    ]);
  });

  it.each<[string, FakeFiles]>([
    [
      'pixi lists Python and the project itself',
      {
        'pyproject.toml':
          '[project]\nname = "x"\ndependencies = ["b"]\n[tool.pixi.dependencies]\npython = "3.12"\n' +
          '[tool.pixi.pypi-dependencies]\nx = { path = ".", editable = true }\n',
      },
    ],
    [
      'Rye has locked them',
      {
        'pyproject.toml': '[project]\nname = "x"\ndependencies = ["b"]\n[tool.rye]\ndev-dependencies = ["a"]\n',
        'requirements.lock': '',
        'requirements-dev.lock': '',
      },
    ],
  ])('has nothing to say when %s', (_, files) => {
    expect(discoverIn(files).setAside).toEqual([]);
  });

  it("reports Poetry's packages once, through its lock", () => {
    const found = discoverIn({ 'pyproject.toml': '[tool.poetry.dependencies]\na = "1"', 'poetry.lock': '' });
    expect([targetsOf(found), asideOf(found)]).toEqual([[['.', 'PyPI', ['poetry.lock', 'pyproject.toml']]], []]);
  });

  it('takes Pipfile.lock for a target, and requirements beside it for a part of that', () => {
    const found = discoverIn({ Pipfile: '', 'Pipfile.lock': '', 'requirements.txt': '' });
    expect([targetsOf(found), asideOf(found)]).toEqual([[['.', 'PyPI', ['Pipfile.lock', 'requirements.txt']]], []]);
  });

  it('tells an environment of conda from a file that only bears its name', () => {
    expect(discoverIn({ 'deploy/environment.yml': 'region: eu\nnot-dependencies: []\n' }).setAside).toEqual([]);
    const unreadable: FileRead = { status: 'unreadable', path: 'environment.yml', detail: 'EACCES' };
    expect(asideOf(discoverIn({ 'environment.yml': unreadable }))).toEqual([
      ['.', 'unavailable', 'lockfile-not-covered'],
    ]);
  });

  it.each<[string, FakeFiles, readonly string[]]>([
    ['by itself', {}, ['pyproject.toml']],
    [
      'beside tools for development',
      { 'requirements-dev.txt': '', 'requirements/test.txt': '' },
      ['pyproject.toml', 'requirements-dev.txt', 'requirements/test.txt'],
    ],
    ['beside what it is deployed with', { 'requirements.txt': '' }, ['requirements.txt']],
  ])('lets the auditor say what a pyproject.toml computes: %s', (_, beside, sources) => {
    const found = discoverIn({ 'pyproject.toml': '[project]\nname = "x"\ndynamic = ["dependencies"]', ...beside });
    expect([targetsOf(found), asideOf(found)]).toEqual([[['.', 'PyPI', sources]], []]);
  });

  it.each(['setup.py', 'requirements.in', 'setup.cfg'])(
    'does not take tools for development for what %s asks',
    (name) => {
      const found = discoverIn({ [name]: '[options]\ninstall_requires =\n  a\n', 'requirements-dev.txt': '' });
      expect(targetsOf(found)).toEqual([['.', 'PyPI', ['requirements-dev.txt']]]);
      expect(asideOf(found)).toEqual([['.', 'unavailable', 'no-lockfile']]);
    },
  );

  it.each<[string, string]>([
    ['setup.py', 'setup(\n  name="x",\n  install_requires=[\n    "a[b]>=1",  # why\n    \'six\',\n  ],\n)'],
    ['setup.cfg', '[options]\ninstall_requires =\n  a\n  six>=1\n'],
    ['setup.cfg', '[options]\ninstall_requires = six\n'],
  ])('says of %s beside requirements which package nobody looks at', (name, text) => {
    const { setAside } = discoverIn({ [name]: text, 'requirements.txt': 'a==1\n' });
    expect(setAside).toMatchObject([{ path: '.', outcome: 'unavailable', reason: 'no-lockfile' }]);
    expect(setAside[0]?.message).toBe(`${name} asks for six, and no file that an auditor reads holds it.`);
  });

  it('says of setup.py that it is never executed', () => {
    const found = discoverIn({ 'lib/setup.py': 'setup()', 'lib/setup.cfg': '[options]\ninstall_requires =\n  a\n' });
    expect(asideOf(found)).toEqual([['lib', 'unavailable', 'no-lockfile']]);
    expect(found.setAside[0]?.message).toMatch(/setup\.cfg and lib\/setup\.py .* never executed/);
  });

  it.each<[string, FakeFiles]>([
    ["a linter's setup.cfg", { 'setup.cfg': '[flake8]\nmax-line-length = 100\n' }],
    ['setup.py beside requirements', { 'setup.py': '', 'requirements.txt': '' }],
    ['setup.py that computes', { 'setup.py': 'setup(install_requires=read("r.txt"))', 'requirements.txt': '' }],
    [
      'setup.py whose packages are pinned beside it',
      { 'setup.py': 'setup(install_requires=["Six>=1", "b; os_name == \'nt\'"])', 'requirements.txt': 'six==1.16.0' },
    ],
    [
      'setup.cfg whose packages are pinned beside it',
      { 'setup.cfg': '[options]\ninstall_requires =\n  six\n[x]\ny = 1\n', 'requirements.txt': 'six==1.16.0' },
    ],
    ['setup.py as a shim of pyproject.toml', { 'setup.py': '', 'pyproject.toml': '[project]\ndependencies = ["a"]' }],
  ])('has nothing to say of %s', (_, files) => {
    expect(discoverIn(files).setAside).toEqual([]);
  });

  it('asks for what an input of pip-tools compiles to, unless it is there', () => {
    expect(asideOf(discoverIn({ 'requirements.in': '', 'requirements/dev.in': '' }))).toEqual([
      ['.', 'unavailable', 'no-lockfile'],
    ]);
    expect(discoverIn({ 'requirements.in': '', 'requirements.txt': '' }).setAside).toEqual([]);
  });

  it.each<[string, FakeFiles, string]>([
    ['a new name', { 'requirements.in': 'attrs\nSix >= 1 # new\n', 'requirements.txt': 'attrs==23.1.0\n' }, 'six'],
    [
      'an input of its own',
      { 'requirements/web.in': 'zope.interface[a]\n', 'requirements/worker.txt': 'zope.event==1' },
      'zope-interface',
    ],
  ])('says of an input that nobody compiled it since: %s', (_, files, name) => {
    const { setAside } = discoverIn(files);
    expect(setAside).toMatchObject([{ path: '.', outcome: 'unavailable', reason: 'lockfile-stale' }]);
    expect(setAside[0]?.message).toContain(`asks for ${name},`);
  });

  it.each<[string, FakeFiles]>([
    ['in another spelling', { 'requirements.in': 'Zope_Interface', 'requirements.txt': 'zope.interface==6.0' }],
    ['in a comment', { 'requirements.in': 'setuptools', 'requirements.txt': '# unsafe:\n# setuptools\n' }],
    ['in another file', { 'requirements.in': 'six', 'requirements.txt': '', 'deploy/requirements.txt': 'six==1.16.0' }],
    [
      'as nothing that has to be there',
      {
        'requirements.in': '-r other.in\n-e .\n./local\ncolorama; sys_platform == "win32"\n# words here\n',
        'requirements.txt': '',
      },
    ],
    ['below the folder of its output', { 'requirements/src/base.in': 'six', 'requirements/base.txt': '' }],
  ])('has nothing to say of an input whose packages are stated %s', (_, files) => {
    expect(discoverIn(files).setAside).toEqual([]);
  });

  it('knows the members of a uv workspace', () => {
    const root = '[project]\nname = "x"\n[tool.uv.workspace]\nmembers = ["libs/*"]\nexclude = ["libs/old"]';
    const stated = '[project]\ndependencies = ["a"]';
    const files = { 'pyproject.toml': root, 'libs/a/pyproject.toml': stated, 'libs/old/pyproject.toml': stated };
    const found = discoverIn({ ...files, 'uv.lock': '' });
    expect(targetsOf(found).map(([path]) => path)).toEqual(['.', 'libs/old']);
    expect(found.targets.map(({ members }) => members)).toEqual([['libs/a'], undefined]);
    expect(asideOf(found)).toEqual([['libs/a', 'not-applicable', 'workspace-member']]);
    expect(targetsOf(discoverIn(files)).map(([path]) => path)).toEqual(['libs/a', 'libs/old']);
  });
});

describe('what bears the name and is not the thing', () => {
  it.each<[FileEntry['kind'], RegExp]>([
    ['directory', /is a directory/],
    ['link-outside', /link that leaves the repository/],
    ['other', /neither a file nor a link to one/],
  ])('says so of a lock that is a %s', (kind, message) => {
    const found = discoverIn({ 'web/package.json': NONE }, [{ path: 'web/package-lock.json', kind }]);
    expect(found.setAside.find(({ outcome }) => outcome === 'unavailable')).toMatchObject({
      path: 'web',
      reason: 'lockfile-unreadable',
      message: expect.stringMatching(message) as string,
    });
    expect(found.targets).toEqual([]);
  });

  it('names links that leave the repository, without a question left open', () => {
    const links = Array.from({ length: 7 }, (_, index): FileEntry => ({
      path: `l${index}\u001b[31m`,
      kind: 'link-outside',
    }));
    const { problems } = discoverIn({}, links);
    expect(problems).toMatchObject([{ code: 'link-outside', blocks: false }]);
    expect(problems[0]?.message).toMatch(/l0\\u\{1b\}.*and 2 more/);
  });

  it('keeps the problems of the listing', () => {
    const problem = { target: null, code: 'too-deep', message: '', mend: '', blocks: true };
    expect(answerProgram(discover({ entries: [], problems: [problem] })).value.problems).toEqual([problem]);
  });
});

describe('what is excluded', () => {
  it('groups by where the rule took hold, and by ecosystem', () => {
    const under = (path: string, excludedAt: string): FileEntry => ({
      path,
      kind: 'file',
      excludedBy: 'vendor/',
      excludedAt,
    });
    const found = discoverIn({}, [
      under('a/vendor/x/package.json', 'a/vendor'),
      under('a/vendor/y/package-lock.json', 'a/vendor'),
      under('a/vendor/y/setup.py', 'a/vendor'),
      under('b/legacy.requirements.txt', 'b/legacy.requirements.txt'),
      under('b/requirements.txt', 'b/requirements.txt'),
    ]);
    expect(
      found.setAside.map(({ path, ecosystem, sources, reason }) => [path, ecosystem, sources.length, reason]),
    ).toEqual([
      ['a/vendor', 'PyPI', 1, 'excluded'],
      ['a/vendor', 'npm', 2, 'excluded'],
      ['b', 'PyPI', 2, 'excluded'],
    ]);
    expect(found.setAside[1]?.message).toContain('`vendor/`: 2 files');
    expect(found.targets).toEqual([]);
  });
});

describe('what only git knows', () => {
  const tracked: FileEntry = { path: 'web/package-lock.json', kind: 'file', trackedOnly: true };
  const discoverTracked = (files: FakeFiles): Discovery =>
    answerProgram(discover({ entries: [tracked], problems: [] }), files).value;

  it('is audited when it can be read', () => {
    expect(targetsOf(discoverTracked({ 'web/package-lock.json': '{}' }))).toEqual([
      ['web', 'npm', ['web/package-lock.json']],
    ]);
  });

  it('could not be looked at when it is gone', () => {
    const found = discoverTracked({});
    expect(asideOf(found)).toEqual([['web', 'unavailable', 'lockfile-unreadable']]);
    expect(found.setAside[0]?.message).toMatch(/not in the work tree/);
  });
});

describe('discover', () => {
  const name = fc.constantFrom(
    'package.json',
    'package-lock.json',
    'yarn.lock',
    'pyproject.toml',
    'requirements.txt',
    'uv.lock',
    'setup.py',
    'poetry.lock',
    'environment.yml',
    'requirements.in',
    'x.ts',
  );
  const path = fc.tuple(fc.constantFrom('', 'a/', 'a/b/', 'c/'), name).map((parts) => parts.join(''));
  const content = fc.constantFrom(
    '',
    '{}',
    DEPENDENCIES,
    '{"workspaces":["**"]}',
    '[project]\ndependencies=["a"]',
    'dependencies: []',
    '\0',
  );
  const repository = fc.dictionary(path, content);

  it('says the same whatever the order of the listing', () => {
    fc.assert(
      fc.property(repository, (files) => {
        const listing = listingOf(files);
        const backwards = { ...listing, entries: listing.entries.toReversed() };
        expect(answerProgram(discover(backwards), files).value).toEqual(answerProgram(discover(listing), files).value);
      }),
    );
  });

  it('never loses an npm manifest or a Python lock without a word', () => {
    fc.assert(
      fc.property(repository, (files) => {
        const { targets, setAside } = discoverIn(files);
        const named = [...targets, ...setAside].flatMap(({ sources }) => sources.map((source) => source.path));
        const wanted = Object.keys(files).filter((file) => /package|yarn|requirements\.txt|\.lock$/.test(file));
        expect(wanted.filter((file) => !named.includes(file))).toEqual([]);
      }),
    );
  });

  it('makes one target a folder and ecosystem', () => {
    fc.assert(
      fc.property(repository, (files) => {
        const places = discoverIn(files).targets.map(({ path: folder, ecosystem }) => `${ecosystem}:${folder}`);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  it('finds nothing in nothing', () => {
    expect(discoverIn({})).toEqual({ targets: [], setAside: [], problems: [] });
  });
});
