/** What a repository wishes about indexes is told, never obeyed. */
import { describe, expect, it } from 'vitest';
import { audit, readInventory } from './demo.ts';

const PIN = 'idna==2.8 --hash=sha256:00\n';

function problemsOf(text: string, settings = {}, defaultIndex?: string) {
  const run = audit({ 'requirements.txt': text + PIN }, defaultIndex === undefined ? {} : { defaultIndex }, settings);
  return run.value.problems.map(({ code, blocks }) => `${code} ${String(blocks)}`);
}

describe('an index in a requirements file', () => {
  it.each([
    '--index-url http://evil.test/simple\n',
    '-i http://evil.test/simple\n',
    '--extra-index-url http://evil.test/simple\n',
    '--find-links ./wheels\n',
    '--no-index\n',
  ])('%j leaves a question open', (line) => {
    expect(problemsOf(line)).toEqual(['repository-index true']);
  });

  it.each(['--pre\n', '--no-binary :all:\n', '--trusted-host evil.test\n', '--prefer-binary\n'])(
    '%j leaves none',
    (line) => {
      expect(problemsOf(line)).toEqual(['repository-option false']);
    },
  );

  it('that the team knows is a note', () => {
    const knownRegistries = ['https://pkg.test/simple'];
    const run = audit({ 'requirements.txt': `-i https://u:secret@PKG.test/simple/\n${PIN}` }, {}, { knownRegistries });
    expect(run.value.problems).toEqual([]);
    expect(run.value.notes.join()).toContain('requirements.txt:1 asks for -i https://PKG.test/simple/');
    expect(run.invocations.some(({ tool }) => tool === 'uv')).toBe(false);
  });

  it("that is uv's own default is nothing", () => {
    expect(problemsOf('-i http://index.test/simple/\n', {}, 'http://index.test/simple')).toEqual([]);
    expect(problemsOf('-i http://index.test.evil.test/simple\n', {}, 'http://index.test/simple')).toEqual([
      'repository-index true',
    ]);
  });

  it('is named with its line and without its credentials', () => {
    const [problem] = readInventory({
      'requirements.txt': `\n--extra-index-url https://u:secret@evil.test/\u001b[2J\n${PIN}`,
    }).problems;
    expect(problem?.message).toContain('requirements.txt:2 asks for --extra-index-url https://evil.test/');
    expect(problem?.message).not.toMatch(/secret|\u001b/);
  });
});

describe('an index in a pyproject.toml', () => {
  it.each([
    '[[tool.uv.index]]\nname = "x"\nurl = "http://evil.test"\n',
    '[tool.uv]\nindex-url = "http://evil.test"\n',
    '[tool.uv]\nextra-index-url = ["http://evil.test"]\n',
    '[tool.uv]\nfind-links = ["http://evil.test"]\n',
    '[tool.uv.pip]\nindex-url = "http://evil.test"\n',
    '[[tool.poetry.source]]\nname = "x"\nurl = "http://evil.test"\n',
    '[[tool.pdm.source]]\nname = "x"\nurl = "http://evil.test"\n',
  ])('%j is told and does not reach uv', (table) => {
    const run = audit({ 'pyproject.toml': `[project]\nname = "x"\ndependencies = ["idna==2.8"]\n${table}` });
    expect(run.value.problems).toMatchObject([{ code: 'repository-index', blocks: true }]);
    expect(JSON.stringify(run.invocations)).not.toContain('evil.test');
  });
});
