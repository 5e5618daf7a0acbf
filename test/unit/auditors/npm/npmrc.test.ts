/** What a .npmrc of the repository is reported for. None of it is ever applied. */
import { describe, expect, it } from 'vitest';
import { inspectNpmrc, readNpmrc } from '../../../../src/core/auditors/npm/npmrc.ts';
import type { AuditSettings } from '../../../../src/core/model/auditor.ts';
import type { InvocationResult } from '../../../../src/core/model/program.ts';
import { answerProgram, type ProgramRun } from '../../../support/answer-program.ts';
import type { Problem } from '../../../../src/core/model/problem.ts';
import { SETTINGS, WEB } from './demo.ts';

describe('readNpmrc', () => {
  it.each([
    ['registry=http://evil.example/', ['registry']],
    ['  Registry = "http://evil.example/"  ', ['registry']],
    ['@team:registry=http://evil.example/', ['@team:registry']],
    ['https-proxy=http://evil.example', ['https-proxy']],
    ['strict-ssl=false', ['strict-ssl']],
    ['offline', ['offline']],
    ['omit[]=dev', ['omit']],
    ['only=prod\r\nproduction=true', ['only', 'production']],
    ['audit-level=none', ['audit-level']],
    ['package-lock=false\ngit=./g.sh', ['package-lock', 'git']],
    ['cache=./c', ['cache']],
    ['usage=true', ['usage']],
    ['global=true\nlocation=global', ['global', 'location']],
    ['node-options=--require=./x.js', ['node-options']],
    ['replace-registry-host=never', ['replace-registry-host']],
    ['//registry.example/:cafile=./ca.pem', ['//registry.example/:cafile']],
    ['init-author=${AWS_SECRET_ACCESS_KEY}', ['init-author']],
    ['//registry.example/:_authToken=${NPM_TOKEN}', []],
    ['save-exact=true\nengine-strict=true\nlegacy-peer-deps=true', []],
    ['; registry=x\n# registry=x\n\n[section]', []],
  ])('%j → %j', (text, keys) => {
    expect(readNpmrc(text).map((setting) => setting.key)).toEqual(keys);
  });
});

describe('inspectNpmrc', () => {
  function inspect(
    npmrc: string,
    settings: Partial<AuditSettings> = {},
    ownRegistry: Partial<InvocationResult> = { stdout: 'https://default.example/\n' },
  ): ProgramRun<readonly Problem[]> {
    return answerProgram(inspectNpmrc(WEB, { ...SETTINGS, ...settings }), { 'web/.npmrc': npmrc }, () => ownRegistry);
  }

  it.each<[string, string, Partial<AuditSettings>, number]>([
    ['an unknown registry', 'registry=https://evil.example/', {}, 1],
    ['a known registry', 'registry=https://Team.example/npm', { knownRegistries: ['https://team.example/npm/'] }, 0],
    ['the registry that is asked', 'registry=https://registry.example', {}, 0],
    ["npm's own registry", 'registry=https://default.example', {}, 0],
    [
      'a known host with another path',
      'registry=https://team.example/x',
      { knownRegistries: ['https://team.example/npm/'] },
      1,
    ],
    ['an unknown scope', '@team:registry=https://team.example/', {}, 1],
    ['a known scope', '@team:registry=https://team.example/', { knownRegistries: ['https://team.example/'] }, 0],
    ['a registry that names a secret', 'registry=https://evil.example/${SECRET}/', {}, 1],
    ['nothing', '', {}, 0],
  ])('%s', (_, npmrc, settings, count) => {
    const { value } = inspect(npmrc, settings);
    expect(value).toHaveLength(count);
    for (const problem of value)
      expect(problem).toMatchObject({ code: 'repository-npmrc', blocks: true, target: 'web' });
  });

  it('a setting that cannot reach the audit is shown and does not stand in its way', () => {
    expect(inspect('offline=true').value).toMatchObject([
      { blocks: false, message: expect.stringContaining('offline=true') as string },
    ]);
  });

  it('does not ask npm when nothing depends on it', () => {
    expect(inspect('offline=true').invocations).toEqual([]);
  });

  it('vouches for nothing when npm cannot say what its registry is', () => {
    expect(inspect('registry=https://default.example', {}, { status: 'tool-missing' }).value).toHaveLength(1);
    expect(inspect('registry=', {}, { exitCode: 1, stdout: '' }).value).toHaveLength(1);
  });

  it('shows no credentials and no control characters', () => {
    const [problem] = inspect('registry=https://u:hunter2@evil.example/\u001b[2J').value;
    expect(problem?.message).not.toMatch(/hunter2|\u001b/);
  });

  it('reads the one at the root as well', () => {
    const run = answerProgram(inspectNpmrc(WEB, SETTINGS), { '.npmrc': 'cache=./c' });
    expect(run.value).toMatchObject([{ message: expect.stringMatching(/^\.npmrc sets cache=/) as string }]);
  });
});
