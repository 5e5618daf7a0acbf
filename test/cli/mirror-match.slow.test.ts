/** `fixby mirror match` finds in every kind of lock what `fixby gate` finds there with fixby's own matcher. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchReport } from '../../src/core/model/match-report.ts';
import type { ReportView } from '../../src/core/model/report.ts';
import { importExample } from '../support/example-mirror.ts';
import { ROOT, runFixby } from '../support/fixby.ts';
import { makeRepository, SECURITY_MD } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';

const CONFIG = 'version: 1\naudit:\n  auditors: [osv]\nnpm:\n  registry: https://registry.example\n';

/** Package, versions and every id, whatever the order. */
type Found = readonly string[];

async function gate(dir: string, mirror: string): Promise<Found> {
  const ran = await runFixby(['gate', dir, '--offline', '--quiet', '--mirror', mirror, '--format', 'json']);
  const { findings } = JSON.parse(ran.stdout) as ReportView;
  return findings.map(({ package: name, versions, advisory }) => write(name, versions, advisory)).sort();
}

async function match(dir: string, mirror: string): Promise<Found> {
  const ran = await runFixby(['mirror', 'match', dir, '--mirror', mirror, '--format', 'json']);
  const { findings } = JSON.parse(ran.stdout) as MatchReport;
  expect(ran.code === 1).toBe(findings.length > 0);
  return findings.map(({ package: name, versions, advisory }) => write(name, versions, advisory)).sort();
}

function write(
  name: string,
  versions: readonly string[],
  { id, aliases }: { readonly id: string; readonly aliases: readonly string[] },
): string {
  return `${name} ${versions.join('+')} ${[id, ...aliases].sort().join(' ')}`;
}

function repositoryOf(files: FileTree): string {
  return makeRepository({ 'SECURITY.md': SECURITY_MD, '.fixby/config.yaml': CONFIG, ...files }).dir;
}

const fixture = (name: string): string => readFileSync(join(ROOT, 'test/fixtures/locks', name), 'utf8');

const PYTHON = ['jinja2 2.11.2', 'requests 2.31.0', 'six 1.17.0'].map((each) => each.split(' ') as [string, string]);
const PYPROJECT =
  '[project]\nname = "app"\nversion = "1.0.0"\ndependencies = ["jinja2", "requests", "six"]\n\n[tool.poetry.dependencies]\npython = ">=3.9"\njinja2 = "2.11.2"\nrequests = "2.31.0"\nsix = "1.17.0"\n';

const toml = (table: string, rest: string): string =>
  PYTHON.map(([name, version]) => `[[${table}]]\nname = "${name}"\nversion = "${version}"\n${rest}`).join('\n');

describe('every kind of lock', () => {
  it.each<[string, FileTree, number]>([
    ['yarn 1', { 'yarn.lock': fixture('yarn-classic.lock') }, 1],
    ['yarn berry', { 'yarn.lock': fixture('yarn-berry.lock') }, 1],
    ['pnpm 7', { 'pnpm-lock.yaml': fixture('pnpm-7.yaml') }, 1],
    ['pnpm 8', { 'pnpm-lock.yaml': fixture('pnpm-8.yaml') }, 1],
    ['pnpm 9', { 'pnpm-lock.yaml': fixture('pnpm-9.yaml') }, 1],
    ['bun', { 'bun.lock': fixture('bun.lock') }, 1],
    ['uv', { 'uv.lock': `version = 1\n\n${toml('package', 'source = { registry = "https://index.example" }\n')}` }, 3],
    [
      'poetry',
      {
        'poetry.lock': `${toml('package', 'groups = ["main"]\nfiles = []\n')}\n[metadata]\nlock-version = "2.1"\npython-versions = ">=3.9"\ncontent-hash = "0"\n`,
        'pyproject.toml': PYPROJECT,
      },
      2,
    ],
    [
      'pipenv',
      {
        'Pipfile.lock': JSON.stringify({
          _meta: { hash: { sha256: '0' }, 'pipfile-spec': 6 },
          default: Object.fromEntries(PYTHON.map(([name, version]) => [name, { version: `==${version}` }])),
          develop: {},
        }),
      },
      2,
    ],
    ['pylock', { 'pylock.toml': `lock-version = "1.0"\ncreated-by = "a test"\n\n${toml('packages', '')}` }, 2],
  ])('of %s', async (_kind, files, atLeast) => {
    const [dir, mirror] = [repositoryOf(files), await importExample(1)];
    const found = await match(dir, mirror);
    expect(found).toEqual(await gate(dir, mirror));
    expect(found.length).toBeGreaterThanOrEqual(Math.min(atLeast, 2));
  });
});

interface Installed {
  readonly version: string;
  readonly dependencies: Record<string, { version: string }>;
}

it('any lock of npm', async () => {
  const names = ['axios', 'nodemailer', 'lodash', 'brace-expansion', 'form-data', 'minimist', 'dicer', 'ms'];
  const versions = ['0.0.8', '0.2.4', '1.2.5', '1.13.4', '2.5.3', '3.0.1', '4.0.3', '4.17.20', '5.0.4', '8.0.4'];
  const entry = fc.record({
    name: fc.constantFrom(...names),
    version: fc.constantFrom(...versions),
    inside: fc.option(fc.constantFrom(...names)),
  });
  const locks = fc.record({
    lockfileVersion: fc.constantFrom(1, 2, 3),
    entries: fc.array(entry, { minLength: 1, maxLength: 12 }),
  });
  const mirror = await importExample(1);
  await fc.assert(
    fc.asyncProperty(locks, async ({ lockfileVersion, entries }) => {
      const tree: Record<string, Installed> = {};
      for (const { name, version, inside } of entries) {
        const top = (tree[inside ?? name] ??= { version, dependencies: {} });
        if (inside !== null) top.dependencies[name] = { version };
      }
      const packages: Record<string, { version: string }> = {};
      for (const [name, { version, dependencies }] of Object.entries(tree)) {
        packages[`node_modules/${name}`] = { version };
        for (const [below, of] of Object.entries(dependencies)) {
          packages[`node_modules/${name}/node_modules/${below}`] = of;
        }
      }
      const lock = lockfileVersion === 1 ? { lockfileVersion, dependencies: tree } : { lockfileVersion, packages };
      const dir = repositoryOf({ 'package-lock.json': JSON.stringify(lock) });
      expect(await match(dir, mirror)).toEqual(await gate(dir, mirror));
    }),
    { numRuns: 8 },
  );
});
