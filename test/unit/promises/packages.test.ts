/** Packages that are said to be gone, locks that are said to be committed, and versions that are said to be supported. */
import { describe, expect, it } from 'vitest';
import type { StatedPackages } from '../../../src/core/model/promise.ts';
import type { Release } from '../../../src/core/model/release.ts';
import { makeCheckout, npmTarget, pipTarget, proofOf, rowOf, rowsOf, type MadeUp } from '../../support/promises.ts';

function stated(file: string, complete: boolean, ...names: readonly string[]): StatedPackages {
  const slash = file.lastIndexOf('/');
  return {
    target: slash === -1 ? '.' : file.slice(0, slash),
    file,
    complete,
    packages: names.map((name) => ({ name, version: '1.2.3' })),
  };
}

describe('packages removed', () => {
  const KIND = 'packages-removed';
  const SAYS = 'Removed all vulnerable dependencies (python-jose, left-pad).';
  const locked: MadeUp = {
    files: { 'package-lock.json': '{"a": 1}' },
    facts: { targets: [npmTarget('.')], stated: () => [stated('package-lock.json', true, 'ms')] },
  };

  it('is kept when no lock names them, with the commit they went with', () => {
    const commit = 'a'.repeat(40);
    const row = rowOf(KIND, SAYS, {
      ...locked,
      git: (question) =>
        question.about === 'mention' && question.name === 'left-pad'
          ? { about: 'mention', change: { commit, at: '2026-01-02T00:00:00.000Z' } }
          : { about: 'mention', change: null },
    });
    expect(row.verdict).toBe('kept');
    expect(proofOf(row)).toContain('left-pad went with commit aaaaaaaaaaaa on 2026-01-02');
  });

  it('is broken, with the line, when a lock names one', () => {
    const row = rowOf(KIND, SAYS, {
      files: { 'package-lock.json': '{\n  "node_modules/left-pad": {}\n}' },
      facts: { targets: [npmTarget('.')], stated: () => [stated('package-lock.json', true, 'left-pad')] },
    });
    expect([row.verdict, proofOf(row)]).toEqual([
      'broken',
      expect.stringContaining('left-pad 1.2.3 is in package-lock.json @package-lock.json:2'),
    ]);
  });

  it('knows a Python name in any spelling', () => {
    const facts = { targets: [pipTarget('.')], stated: () => [stated('requirements.txt', false, 'python-jose')] };
    const row = rowOf(KIND, 'We dropped the Python_Jose dependency.', {
      files: { 'requirements.txt': 'python.jose>=3\n' },
      facts,
    });
    expect([row.verdict, proofOf(row)]).toEqual(['broken', expect.stringContaining('@requirements.txt:1')]);
  });

  it.each([
    ['open requirements', { targets: [pipTarget('.')], stated: () => [stated('requirements.txt', false, 'flask')] }],
    ['a lock nobody reads', { targets: [npmTarget('.')], stated: () => [] }],
  ])('cannot be told from %s: they may bring it in', (_what, facts) => {
    expect(rowOf(KIND, SAYS, { facts }).verdict).toBe('cannot-tell');
  });

  it.each([
    ['Removed `lodash` and `moment` from our dependencies.', 'lodash and moment are gone'],
    ['Replaced the request package with undici.', 'request is gone'],
    ['Dropped vulnerable packages (event-stream==3.3.6).', 'event-stream is gone'],
  ])('%s means that %s', (text, promise) => {
    expect(rowOf(KIND, text, locked).promise).toBe(promise);
  });

  it.each([
    'Removed hardcoded credentials.',
    'Removed the old login page (see docs).',
    'We removed all vulnerable dependencies.',
    'Removed `eval` from the templates.',
  ])('%s names no package', (text) => {
    expect(rowsOf(KIND, text, locked)).toEqual([]);
  });
});

describe('locks committed', () => {
  const KIND = 'locks-committed';

  it.each([
    [['package-lock.json'], 'kept'],
    [[], 'broken'],
  ])('with %j tracked is %s', (tracked, verdict) => {
    const facts = { targets: [npmTarget('.')], checkout: makeCheckout({ tracked }) };
    expect(rowOf(KIND, 'All lock files are committed.', { facts }).verdict).toBe(verdict);
  });

  it('is broken by a folder without a lock, and open outside a checkout', () => {
    expect(rowOf(KIND, 'Our dependencies are pinned.', { facts: { targets: [pipTarget('api')] } }).verdict).toBe(
      'broken',
    );
    expect(rowOf(KIND, 'Our dependencies are pinned.', { facts: { checkout: null } }).verdict).toBe('cannot-tell');
  });
});

describe('supported versions', () => {
  const KIND = 'supported-versions';

  function table(...rows: readonly (readonly [string, string])[]): string {
    return `## Supported versions\n\n| Version | Supported |\n| --- | --- |\n${rows.map(([version, support]) => `| ${version} | ${support} |\n`).join('')}`;
  }

  function releases(...versions: readonly string[]): readonly Release[] {
    return versions.map((version, index) => ({
      tag: `v${version}`,
      version,
      at: `2025-01-0${index + 1}T00:00:00.000Z`,
      commit: 'c'.repeat(40),
    }));
  }

  const tagged = (...versions: readonly string[]): MadeUp => ({
    facts: { checkout: makeCheckout({ releases: releases(...versions) }) },
  });
  const packaged: MadeUp = { files: { 'package.json': '{\n  "name": "app",\n  "version": "1.0.0"\n}' } };

  it.each<[string, string, MadeUp, string]>([
    ['rows for every release', table(['2.x', '✅'], ['< 2.0', ':x:']), tagged('1.0.0', '2.0.0', '2.1.0'), 'kept'],
    [
      'a version that never was',
      table(['3.x', ':white_check_mark:'], ['2.x', 'yes'], ['< 2', 'no']),
      tagged('1.0.0', '2.0.0'),
      'broken',
    ],
    ['a release no row is about', table(['2.x', 'yes'], ['1.x', 'no']), tagged('1.0.0', '2.0.0', '3.0.0'), 'broken'],
    ['a release candidate no row is about', table(['2.x', 'yes']), tagged('2.0.0', '3.0.0-rc.1'), 'kept'],
    ['a row for all the rest', table(['2.x', 'yes'], ['all other versions', 'no']), tagged('0.9.0', '2.0.0'), 'kept'],
    ['the latest alone', table(['latest', 'yes'], ['older', 'no']), tagged('1.0.0', '2.0.0'), 'kept'],
    [
      'words for older ones',
      table(['v2.1', 'Yes'], ['2.0 and older', 'No']),
      tagged('1.9.0', '2.0.0', '2.1.3'),
      'kept',
    ],
    ['support that has ended', table(['2.x', 'until 2026-01-01'], ['1.x', 'no']), tagged('1.0.0', '2.0.0'), 'broken'],
    ['a cell that says neither', table(['2.x', 'maybe']), tagged('2.0.0'), 'cannot-tell'],
    ['versions in words', table(['the good ones', 'yes']), tagged('2.0.0'), 'cannot-tell'],
    ['package versions where there are no tags', table(['1.0.x', 'yes'], ['< 1.0', 'no']), packaged, 'kept'],
    ['a package version no row is about', table(['2.x', 'no']), packaged, 'broken'],
    ['no checkout', table(['1.0.x', 'yes']), { ...packaged, facts: { checkout: null } }, 'cannot-tell'],
    [
      'a shallow clone',
      table(['1.0.x', 'yes']),
      { ...packaged, facts: { checkout: makeCheckout({ shallow: true }) } },
      'cannot-tell',
    ],
  ])('with %s', (_what, text, world, verdict) => {
    const row = rowOf(KIND, text, world);
    expect([row.verdict, proofOf(row)]).toEqual([verdict, expect.any(String)]);
  });

  it('reads an end of life from a column of its own', () => {
    const text = '| Release | Status | End of life |\n| --- | --- | --- |\n| 2.x | supported | 31 December 2025 |\n';
    expect(rowOf(KIND, text, tagged('2.0.0')).verdict).toBe('broken');
  });

  it('takes no other table for one', () => {
    expect(rowsOf(KIND, '| Severity | Time |\n| --- | --- |\n| High | 7 days |\n')).toEqual([]);
  });
});
