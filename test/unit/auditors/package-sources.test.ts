/** Where packages come from: what the settings name, else what the ecosystem's own tool says, never an address of ours. */
import { describe, expect, it } from 'vitest';
import { findPackageSource } from '../../../src/core/auditors/package-sources.ts';
import type { AuditSettings } from '../../../src/core/model/auditor.ts';
import { answerProgram } from '../../support/answer-program.ts';

const SETTINGS: AuditSettings = {
  knownRegistries: [],
  acceptedUnaudited: [],
  timeoutMs: 1000,
  maxOutputBytes: 1000,
  attempts: 1,
};

describe('npm', () => {
  it('is not asked when the settings name a registry', () => {
    const program = findPackageSource('npm', { ...SETTINGS, npmRegistry: 'https://npm.test/team' });
    expect(answerProgram(program).value).toEqual({
      status: 'known',
      source: { url: 'https://npm.test/team', own: false },
    });
  });

  it('says which registry it is configured for', () => {
    const run = answerProgram(findPackageSource('npm', SETTINGS), {}, () => ({ stdout: 'https://npm.test/\n' }));
    expect(run.value).toEqual({ status: 'known', source: { url: 'https://npm.test/', own: true } });
    expect(run.invocations.map(({ tool, args }) => [tool, ...args.slice(0, 3)])).toEqual([
      ['npm', 'config', 'get', 'registry'],
    ]);
  });

  it.each([
    ['says nothing', { stdout: '' }],
    ['says that there is none', { stdout: 'undefined\n' }],
    ['fails', { stdout: 'https://npm.test/', exitCode: 1 }],
    ['is missing', { status: 'tool-missing' as const, exitCode: null }],
    ['names a file', { stdout: 'file:///etc/passwd' }],
    ['says two things', { stdout: 'https://npm.test/ https://other.test/' }],
  ])('leaves the registry unknown when it %s', (_what, result) => {
    expect(answerProgram(findPackageSource('npm', SETTINGS), {}, () => result).value).toEqual({
      status: 'unknown',
      detail: 'npm did not say which registry it is configured for',
    });
  });
});

describe('Python', () => {
  it('is not asked when the settings name an index', () => {
    const program = findPackageSource('PyPI', { ...SETTINGS, pythonIndex: 'https://py.test/simple' });
    expect(answerProgram(program).value).toEqual({
      status: 'known',
      source: { url: 'https://py.test/simple', own: false },
    });
  });

  it.each(['--index-url https://me:secret@py.test/simple\n', '--default-index https://me:secret@py.test/simple\n\n'])(
    'is told by uv which index it uses: %j',
    (stdout) => {
      const run = answerProgram(findPackageSource('PyPI', SETTINGS), {}, () => ({ stdout }));
      expect(run.value).toEqual({ status: 'known', source: { url: 'https://me:secret@py.test/simple', own: true } });
      expect(run.invocations).toMatchObject([{ tool: 'uv', files: { 'requirements.in': '' } }]);
    },
  );

  it('leaves the index unknown when uv does not say', () => {
    expect(answerProgram(findPackageSource('PyPI', SETTINGS), {}, () => ({ stdout: '' })).value).toEqual({
      status: 'unknown',
      detail: 'uv did not say which registry it is configured for',
    });
  });
});

it.each(['registry.test', 'ftp://registry.test', 'https://', 'https://a b'])('takes %j for no address', (url) => {
  expect(answerProgram(findPackageSource('npm', { ...SETTINGS, npmRegistry: url })).value).toEqual({
    status: 'unknown',
    detail: 'the registry that is named for npm is no address',
  });
});
