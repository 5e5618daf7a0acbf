/**
 * The fault table of the repository itself: every failure and every false clean seen, one row each, through the real tool. Never 0.
 */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditFiles, HTML } from '../support/audit-files.ts';
import { npmProject } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';

const CLEAN_NPM = npmProject({ ms: '2.1.3' });

describe('the repository', () => {
  const lock = (content: string): FileTree => ({ ...npmProject({ ms: '2.1.3' }), 'package-lock.json': content });
  const entry = (fields: object): FileTree =>
    lock(
      JSON.stringify({
        lockfileVersion: 3,
        packages: { '': { dependencies: { ms: '2.1.3' } }, 'node_modules/ms': fields },
      }),
    );

  it.each<[string, FileTree]>([
    ['nothing at all', {}],
    ['an empty lock', lock('')],
    ['a lock that is {}', lock('{}')],
    ['a lock without packages', lock('{"lockfileVersion":3,"packages":{}}')],
    ['a truncated lock', lock('{"lockfileVersion":3,"packages":{"":')],
    ['a page instead of a lock', lock(HTML)],
    ['merge conflict markers', lock('<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n')],
    [
      'a lock of a version nobody knows',
      lock(
        '{"lockfileVersion":99,"packages":{"":{"dependencies":{"ms":"2.1.3"}},"node_modules/ms":{"version":"2.1.3"}}}',
      ),
    ],
    [
      'a lock that is not in step with its manifest',
      { ...CLEAN_NPM, 'package.json': '{"name":"app","dependencies":{"ms":"2.1.3","lodash":"4.17.21"}}' },
    ],
    [
      'a lock that lacks what one of its packages needs',
      entry({ version: '2.1.3', dependencies: { lodash: '4.17.21' } }),
    ],
    [
      'a lock that lacks a member of its workspace',
      {
        'package.json': '{"name":"app","workspaces":["packages/*"],"dependencies":{"ms":"2.1.3"}}',
        'packages/new/package.json': '{"name":"new","dependencies":{"lodash":"4.17.21"}}',
        'package-lock.json':
          '{"lockfileVersion":3,"packages":{"":{"workspaces":["packages/*"],"dependencies":{"ms":"2.1.3"}},"node_modules/ms":{"version":"2.1.3"}}}',
      },
    ],
    ['an entry without a version', entry({})],
    ['an entry whose version is no version', entry({ version: 'banana' })],
    [
      'an entry under another name',
      entry({ name: 'totally-safe', version: '2.1.3', resolved: 'https://registry.example/ms/-/ms-2.1.3.tgz' }),
    ],
    [
      'an entry whose download is another version',
      entry({ version: '2.1.3', resolved: 'https://registry.example/ms/-/ms-0.7.0.tgz' }),
    ],
    ['a link to somewhere', entry({ link: true, resolved: '../elsewhere' })],
    ['a manifest without a lock', { 'package.json': '{"name":"app","dependencies":{"ms":"2.1.3"}}' }],
    [
      'a yarn lock',
      { 'package.json': '{"name":"app","dependencies":{"ms":"2.1.3"}}', 'yarn.lock': '# yarn lockfile v1\n' },
    ],
    ['a poetry lock', { 'pyproject.toml': '[tool.poetry]\nname = "app"\n', 'poetry.lock': '' }],
    ['a Pipfile.lock', { 'Pipfile.lock': '{}' }],
    ['a pylock that is no TOML', { 'pylock.toml': HTML }],
    ['requirements that hide behind an include outside', { 'requirements.txt': '-r ../../etc/passwd\n' }],
    ['a git requirement', { 'requirements.txt': 'x @ git+https://host.example/x.git\n' }],
    ['a path requirement', { 'requirements.txt': './pkg\n', 'pkg/setup.py': 'raise SystemExit(1)\n' }],
    ['a line that is no requirement', { 'requirements.txt': 'idna==3.11 ???\n' }],
  ])('%s is inconclusive', async (_what, files) => {
    const { code, stderr, view } = await auditFiles(files);
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(view?.open.length).toBeGreaterThan(0);
  });

  it('refuses a folder that bears the name of a lock', async () => {
    const { code, view } = await auditFiles(
      { 'package.json': CLEAN_NPM['package.json'] ?? '' },
      { prepare: ({ dir }) => mkdirSync(join(dir, 'package-lock.json')) },
    );
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
  });

  it('does not follow a link out of the repository', async () => {
    const { code, view } = await auditFiles(
      {},
      { prepare: ({ dir }) => symlinkSync('/etc/passwd', join(dir, 'requirements.txt')) },
    );
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(JSON.stringify(view)).not.toContain('root:');
  });

  it('reports what its .npmrc asks for and does not obey', async () => {
    const blinding = 'offline=true\naudit-level=none\nomit[]=dev\nusage=true\nfetch-timeout=1\ncache=./c\n';
    const { code, view, source } = await auditFiles({ ...CLEAN_NPM, '.npmrc': blinding });
    expect(source.asked).toContain('POST /-/npm/v1/security/advisories/bulk');
    expect([code, view?.verdict]).toEqual([0, 'pass']);
    expect(view?.problems.map((problem) => problem.code)).toContain('repository-npmrc');
  });

  it('does not follow its .npmrc to another registry, and asks whether it is meant', async () => {
    const { code, view, source } = await auditFiles({ ...CLEAN_NPM, '.npmrc': 'registry=http://127.0.0.1:9/\n' });
    expect(source.asked).toContain('POST /-/npm/v1/security/advisories/bulk');
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(view?.problems.map((problem) => problem.code)).toContain('repository-npmrc');
  });
});
