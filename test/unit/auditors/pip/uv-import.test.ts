/** Reports of uv audit: recorded from the real tool over one lock, and believed no further than they prove. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { uvReports } from '../../../../src/core/auditors/pip/uv-reports.ts';
import type { AuditAnswer } from '../../../../src/core/model/audit.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';
import { SETTINGS, targetOf } from './demo.ts';

const TEXT = readFileSync(join(import.meta.dirname, '../../../fixtures/audits/uv.json'), 'utf8');

const PINS = [
  ['certifi', '2026.1.1'],
  ['charset-normalizer', '3.4.4'],
  ['idna', '3.11'],
  ['jinja2', '2.11.2'],
  ['markupsafe', '3.0.3'],
  ['pycrypto', '2.6.1'],
  ['requests', '2.31.0'],
  ['urllib3', '2.6.3'],
  ['urllib3', '2.5.0'],
] as const;

const PROJECT = '[project]\nname = "app"\nversion = "1.0.0"\ndependencies = ["pycrypto==2.6.1"]\n';
const APP = `[[package]]
name = "app"
version = "1.0.0"
source = { virtual = "." }
[package.metadata]
requires-dist = [{ name = "pycrypto", specifier = "==2.6.1" }]
`;

function lock(pins: readonly (readonly [string, string])[] = PINS): string {
  const source = 'source = { registry = "https://index.example/simple" }';
  const entries = pins.map(([name, version]) => `[[package]]\nname = "${name}"\nversion = "${version}"\n${source}\n`);
  return `version = 1\nrequires-python = ">=3.9"\n\n${[APP, ...entries].join('\n')}`;
}

function importReport(text: string, trusted = true, more: FakeFiles = { 'uv.lock': lock() }): AuditAnswer {
  const report = { file: 'uv.json', text, trusted };
  const files = { 'pyproject.toml': PROJECT, ...more };
  return answerProgram(uvReports.interpretImport(targetOf(...Object.keys(files)), report, SETTINGS), files).value;
}

const FOUND = [
  ['jinja2', ['jinja2@2.11.2'], 'PYSEC-2021-66', ['2.11.3']],
  ['pycrypto', ['pycrypto@2.6.1'], 'PYSEC-2018-97', []],
  ['requests', ['requests@2.31.0'], 'PYSEC-2026-2275', ['2.33.0']],
];

function found({ reported }: AuditAnswer): readonly unknown[] {
  return reported.map(({ package: name, affects, ids, fixedIn }) => [name, affects, ids.find((id) => id.startsWith('PYSEC')), fixedIn]); // prettier-ignore
}

describe('a recorded report', () => {
  it('is an audit when somebody vouches for it', () => {
    const answer = importReport(TEXT);
    expect(answer.outcome).toEqual({ status: 'audited' });
    expect(answer.coverage).toEqual({ packages: 9, audited: 9, skipped: [] });
    expect(found(answer)).toEqual(FOUND);
    expect(new Set(answer.reported.map(({ auditor }) => auditor))).toEqual(new Set(['uv-audit']));
  });

  it('is unproven when nobody does, and its findings are kept', () => {
    const answer = importReport(TEXT, false);
    expect(answer.outcome).toMatchObject({ status: 'unavailable', reason: 'import-unproven' });
    expect([found(answer), answer.coverage.audited]).toEqual([FOUND, 0]);
  });

  it.each([
    ['behind warnings', `warning: \`uv audit\` is experimental\n${TEXT}`],
    ['with a byte order mark', `\ufeff${TEXT}`],
    ['on one line', JSON.stringify(JSON.parse(TEXT))],
  ])('%s is found', (_, text) => {
    expect(found(importReport(text))).toEqual(FOUND);
  });

  it('says when projects were given up, which is no flaw', () => {
    const text = TEXT.replace('"adverse_statuses": 0', '"adverse_statuses": 2');
    expect(importReport(text).notes.join(' ')).toContain('2 packages that their projects were given up');
  });
});

describe('a report of something else', () => {
  it.each<[string, string, FakeFiles, string]>([
    ['of fewer packages', TEXT.replace('"audited_packages": 9', '"audited_packages": 8'), { 'uv.lock': lock() }, 'counts 8 packages'],
    ['of more packages', TEXT.replace('"audited_packages": 9', '"audited_packages": 90'), { 'uv.lock': lock() }, 'counts 90 packages'],
    ['with fewer flaws than it counts', TEXT.replace('"vulnerabilities": 3', '"vulnerabilities": 4'), { 'uv.lock': lock() }, 'counts 4 flaws and names 3'],
    ['of another lock', TEXT, { 'uv.lock': lock([...PINS.filter(([name]) => name !== 'jinja2'), ['jinja2', '3.1.6']]) }, 'reports jinja2@2.11.2'],
  ])('%s does not count', (_, text, files, what) => {
    const { outcome, coverage } = importReport(text, true, files);
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'count-mismatch' });
    expect(coverage.audited).toBe(0);
    expect(JSON.stringify(outcome)).toContain(what);
  }); // prettier-ignore

  it('is no word on other files of the folder', () => {
    const files = { 'uv.lock': lock(), 'requirements.txt': 'jinja2==2.11.2\nflask>=1\nidna==2.0\n' };
    const { outcome } = importReport(TEXT, true, files);
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'incomplete' });
    expect(JSON.stringify(outcome)).toContain('flask, idna@2.0');
    expect(importReport(TEXT, true, { ...files, 'requirements.txt': 'jinja2==2.11.2\nidna\n' }).outcome.status).toBe(
      'audited',
    );
  });

  it('does not outrank a lock that cannot be read', () => {
    expect(importReport(TEXT, true, { 'uv.lock': '<<<<<<< HEAD' }).outcome.status).toBe('unavailable');
  });
});

describe('what is no report', () => {
  it.each([
    '',
    ' \n',
    TEXT.slice(0, -20),
    'null',
    '{}',
    '{"dependencies": [], "fixes": []}',
    '{"schema":{"version":"preview"},"summary":{},"vulnerabilities":[]}',
    'error: Request failed after 3 retries\n  cause: tcp connect error',
    '\n{'.repeat(20_000),
  ])('%j is unreadable, whoever vouches for it', (text) => {
    for (const trusted of [true, false]) {
      const { outcome, coverage } = importReport(text, trusted);
      expect(outcome).toMatchObject({ status: 'unavailable', reason: 'unreadable-output' });
      expect(coverage.audited).toBe(0);
    }
  });
});
