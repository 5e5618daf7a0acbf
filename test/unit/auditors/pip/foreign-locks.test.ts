/** Locks of Poetry and pipenv: what they pin, whether they are in step, and every way such a file can be bad. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pipAudit } from '../../../../src/core/auditors/pip/index.ts';
import { openPipPast } from '../../../../src/core/auditors/pip/past.ts';
import { pythonReader } from '../../../../src/core/auditors/pip/reader.ts';
import type { AuditSettings } from '../../../../src/core/model/auditor.ts';
import type { Source, Target } from '../../../../src/core/model/target.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';

const POETRY: Source = { path: 'api/poetry.lock', kind: 'poetry-lock' };
const PIPENV: Source = { path: 'api/Pipfile.lock', kind: 'pipfile-lock' };
const PYPROJECT: Source = { path: 'api/pyproject.toml', kind: 'pyproject' };
const SETTINGS: AuditSettings = {
  knownRegistries: [],
  acceptedUnaudited: [],
  timeoutMs: 1,
  maxOutputBytes: 1,
  attempts: 1,
};

function targetOf(...sources: readonly Source[]): Target {
  return { path: 'api', ecosystem: 'PyPI', sources };
}

function read(files: FakeFiles, ...sources: readonly Source[]) {
  return answerProgram(pythonReader.readInstalled(targetOf(...sources), SETTINGS), files).value;
}

/** `name@version scope`, with `!` for what the project asks for itself. */
function described({ inventory }: ReturnType<typeof read>): readonly string[] {
  return inventory.packages.map(({ id, scope, direct }) => `${id} ${scope}${direct ? '!' : ''}`);
}

const PROJECT =
  '[tool.poetry.dependencies]\npython = "^3.11"\nFlask = "^3"\n[tool.poetry.group.dev.dependencies]\npytest = "^8"\n';

function poetryLock(fields: (name: string) => string = () => ''): string {
  const entry = (name: string, version: string, requires: string): string =>
    `[[package]]\nname = "${name}"\nversion = "${version}"\noptional = false\n${fields(name)}\n[package.dependencies]\n${requires}\n`;
  return [
    entry('flask', '3.0.0', 'Jinja_2 = ">=3"\nwerkzeug = {version = ">=3", markers = "x"}'),
    entry('jinja-2', '3.1.2', ''),
    entry('werkzeug', '3.0.0', ''),
    entry('pytest', '8.0', ''),
    '[metadata]\nlock-version = "2.0"\npython-versions = "^3.11"\ncontent-hash = "0"\n',
  ].join('\n');
}

const FLASK = ['flask@3.0.0 prod!', 'jinja-2@3.1.2 prod', 'pytest@8.0 dev!', 'werkzeug@3.0.0 prod'];

describe('poetry.lock', () => {
  it.each<[string, (name: string) => string]>([
    ['of Poetry 1.8, which says nothing of groups', () => ''],
    ['of Poetry 2', (name) => `groups = ["${name === 'pytest' ? 'dev' : 'main'}"]`],
    ['of Poetry 1.4', (name) => `category = "${name === 'pytest' ? 'dev' : 'main'}"`],
  ])('%s is read with scopes, directness and who requires whom', (_title, fields) => {
    const reading = read({ [POETRY.path]: poetryLock(fields), [PYPROJECT.path]: PROJECT }, POETRY, PYPROJECT);
    expect(reading.outcome).toEqual({ status: 'audited' });
    expect(described(reading)).toEqual(FLASK);
    expect(reading.inventory).toMatchObject({ graphKnown: true, skipped: [] });
    expect(reading.inventory.packages[0]?.requires).toEqual(['jinja-2@3.1.2', 'werkzeug@3.0.0']);
    expect(reading.inventory.files.map(({ path }) => path)).toEqual([POETRY.path, PYPROJECT.path]);
  });

  it.each([
    ['needs', 'click = ">=8"', 'lockfile-stale'],
    ['needs for an extra', 'click = {version = "*", optional = true}', 'audited'],
    ['needs elsewhere', 'click = {version = "*", markers = "python_version < \'3.8\'"}', 'audited'],
    ['takes from the environment', 'setuptools = "*"', 'audited'],
  ])('that lacks what one of its packages %s', (_title, line, expected) => {
    const lock = poetryLock().replace('Jinja_2 = ">=3"', `Jinja_2 = ">=3"\n${line}`);
    const { outcome } = read({ [POETRY.path]: lock, [PYPROJECT.path]: PROJECT }, POETRY, PYPROJECT);
    expect('reason' in outcome ? outcome.reason : outcome.status).toBe(expected);
  });

  it('is held against [project] too', () => {
    const project = '[project]\nname = "x"\ndependencies = ["flask>=3"]\n[dependency-groups]\ntest = ["pytest"]\n';
    const files = { [POETRY.path]: poetryLock(), [PYPROJECT.path]: project };
    expect(described(read(files, POETRY, PYPROJECT))).toEqual(FLASK);
  });

  it.each([
    ['asks for something it does not hold', `${PROJECT}left = "1"\n`],
    ['is not there', undefined],
    ['is no TOML', '[[['],
  ])('is stale when its pyproject.toml %s', (_title, project) => {
    const files = { [POETRY.path]: poetryLock(), ...(project === undefined ? {} : { [PYPROJECT.path]: project }) };
    expect(read(files, POETRY).outcome).toMatchObject({ status: 'unavailable', reason: 'lockfile-stale' });
  });

  it.each([
    ['git', '[package.source]\ntype = "git"\nurl = "x"', 'incomplete'],
    ['an index of its own', '[package.source]\ntype = "legacy"\nurl = "x"', undefined],
  ])('with a package from %s', (_title, source, reason) => {
    const lock = poetryLock().replace(
      '[metadata]',
      `[[package]]\nname = "own"\nversion = "1.0"\n${source}\n[metadata]`,
    );
    const { outcome } = read({ [POETRY.path]: lock, [PYPROJECT.path]: PROJECT }, POETRY);
    expect('reason' in outcome ? outcome.reason : undefined).toBe(reason);
  });
});

describe('Pipfile.lock', () => {
  const PIPFILE = { path: 'api/Pipfile', text: '[packages]\nFlask = "*"\n[dev-packages]\npytest = "*"\n' };
  const lock = (more: object = {}): string =>
    JSON.stringify({
      _meta: { hash: { sha256: '0' }, sources: [] },
      default: { flask: { version: '==3.0.0' }, werkzeug: { version: '==3.0.0', markers: 'x' }, ...more },
      develop: { pytest: { version: '==8.0' } },
    });

  it('is read with scopes and directness', () => {
    const reading = read({ [PIPENV.path]: lock(), [PIPFILE.path]: PIPFILE.text }, PIPENV);
    expect(reading.outcome).toEqual({ status: 'audited' });
    expect(described(reading)).toEqual(['flask@3.0.0 prod!', 'pytest@8.0 dev!', 'werkzeug@3.0.0 prod']);
    expect(reading.inventory.graphKnown).toBe(false);
  });

  it.each<[string, object, string]>([
    ['a repository', { own: { git: 'https://x', ref: '1' } }, 'it comes from git'],
    ['a folder', { own: { path: '.', editable: true } }, 'it comes from path'],
    ['no version', { own: {} }, 'pins no Python version'],
  ])('names what comes from %s', (_title, more, reason) => {
    const { outcome, inventory } = read({ [PIPENV.path]: lock(more), [PIPFILE.path]: PIPFILE.text }, PIPENV);
    expect(inventory.skipped[0]?.reason).toContain(reason);
    expect(outcome).toMatchObject({ reason: 'incomplete' });
  });

  it.each([
    ['asks for something it does not hold', `${PIPFILE.text}left = "*"\n`],
    ['is not there', undefined],
  ])('is stale when its Pipfile %s', (_title, text) => {
    const files = { [PIPENV.path]: lock(), ...(text === undefined ? {} : { [PIPFILE.path]: text }) };
    expect(read(files, PIPENV).outcome).toMatchObject({ reason: 'lockfile-stale' });
  });
});

describe('either of them', () => {
  const sources = [POETRY, PIPENV];
  it.each(
    sources.flatMap((source) =>
      ['', '\u0000', '{', '[[[', 'null', '[]', '{}', '<html>', '[metadata', '{"_meta":1}'].map((text) => [source.path, text, source] as const),
    ),
  )('%s cannot be read as %j', (_path, text, source) => {
    const { outcome } = read({ [source.path]: text, [PYPROJECT.path]: PROJECT }, source);
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'lockfile-unreadable' });
  }); // prettier-ignore

  it('never throws, whatever it was turned into', () => {
    const texts = [poetryLock(), '{"_meta":{},"default":{"flask":{"version":"==3.0.0"}},"develop":{}}'];
    fc.assert(
      fc.property(fc.constantFrom(0, 1), fc.nat(), fc.nat({ max: 30 }), fc.string({ maxLength: 5 }), (which, place, cut, put) => {
        const [text = '', source = POETRY] = [texts[which], sources[which]];
        const at = place % text.length;
        const { outcome } = read({ [source.path]: text.slice(0, at) + put + text.slice(at + cut) }, source);
        expect(outcome.status).not.toBe('audited');
      }),
      { numRuns: 200 },
    );
  }); // prettier-ignore

  it('is not what pip-audit is asked about, unless something of its own stands beside', () => {
    const requirements: Source = { path: 'api/requirements.txt', kind: 'requirements' };
    expect([
      pipAudit.covers(targetOf(POETRY, PYPROJECT)),
      pipAudit.covers(targetOf(PIPENV)),
      pipAudit.covers(targetOf(PIPENV, requirements)),
      pipAudit.covers(targetOf(PIPENV, PYPROJECT)),
    ]).toEqual([false, false, true, true]);
  });

  it('tells what it pinned in the past', () => {
    const past = openPipPast();
    expect(past.choose([POETRY, PYPROJECT])).toEqual([POETRY]);
    expect(past.read(POETRY, poetryLock())?.statements).toContainEqual({ name: 'flask', version: '3.0.0' });
    expect(past.read(PIPENV, '{"_meta":{},"default":{"a":{"version":"==1.0"}}}')?.statements).toEqual([
      { name: 'a', version: '1.0' },
    ]);
    expect(past.read(PIPENV, '{')).toBeNull();
  });
});
