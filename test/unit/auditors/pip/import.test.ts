/** Reports made elsewhere: in every shape pip-audit ever had, and believed no further than they prove. */
import { describe, expect, it } from 'vitest';
import { pipAudit } from '../../../../src/core/auditors/pip/index.ts';
import type { AuditAnswer } from '../../../../src/core/model/audit.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';
import { SETTINGS, targetOf } from './demo.ts';

const FILES: FakeFiles = { 'requirements.txt': 'jinja2==2.11.2\nflask>=1\n' };
const DEPENDENCIES = [
  {
    name: 'jinja2',
    version: '2.11.2',
    vulns: [{ id: 'PYSEC-2021-66', aliases: ['CVE-a'], fix_versions: ['2.11.3'], description: 'Slow' }],
  },
  { name: 'flask', version: '2.0', vulns: [] },
  { name: 'werkzeug', version: '2.0', vulns: [] },
];
const NEW = JSON.stringify({ dependencies: DEPENDENCIES, fixes: [] });

function importReport(text: string, trusted = true, files = FILES, settings = {}): AuditAnswer {
  const report = { file: 'pip-audit.json', text, trusted };
  return answerProgram(
    pipAudit.interpretImport(targetOf(...Object.keys(files)), report, { ...SETTINGS, ...settings }),
    files,
  ).value;
}

describe('a trusted report', () => {
  it.each([
    ['of today', NEW],
    ['of version 1', JSON.stringify(DEPENDENCIES)],
    ['with a byte order mark', `\ufeff${NEW}`],
    [
      'with warnings before and a sentence after it',
      `WARNING: a\n[notice] b\nFound 1 known vulnerability\n${NEW}\nFound 1 known vulnerability in 1 package\n`,
    ],
    ['on many lines', JSON.stringify(JSON.parse(NEW), null, 2)],
  ])('%s is an audit', (_, text) => {
    const answer = importReport(text);
    expect(answer.outcome).toEqual({ status: 'audited' });
    expect(answer.reported).toMatchObject([
      { package: 'jinja2', affects: ['jinja2@2.11.2'], ids: ['CVE-a', 'PYSEC-2021-66'] },
    ]);
    expect(answer.coverage).toEqual({ packages: 3, audited: 3, skipped: [] });
    expect(answer.inventory.packages).toMatchObject([
      { id: 'flask@2.0', direct: true, scope: 'prod', line: 2 },
      { id: 'jinja2@2.11.2', direct: true, scope: 'prod', line: 1 },
      { id: 'werkzeug@2.0', direct: false, scope: 'unknown' },
    ]);
  });

  it.each([
    ['leaves out a pin', JSON.stringify({ dependencies: DEPENDENCIES.slice(1) }), 'count-mismatch'],
    ['has another version of a pin', NEW.replace('2.11.2', '3.0.0'), 'count-mismatch'],
    ['does not know a name', JSON.stringify({ dependencies: DEPENDENCIES.slice(0, 1) }), 'count-mismatch'],
    ['is of nothing', '{"dependencies": [], "fixes": []}', 'count-mismatch'],
    [
      'skips a package',
      JSON.stringify({ dependencies: [...DEPENDENCIES.slice(0, 1), { name: 'flask', skip_reason: 'x' }] }),
      'incomplete',
    ],
    [
      'has a version that is none',
      JSON.stringify({ dependencies: [...DEPENDENCIES, { name: 'x', version: 'one', vulns: [] }] }),
      'incomplete',
    ],
  ])('that %s is not', (_, text, reason) => {
    expect(importReport(text).outcome).toMatchObject({ status: 'unavailable', reason });
  });

  it('may lack what a marker excludes', () => {
    const files = { 'requirements.txt': 'jinja2==2.11.2\nflask\npywin32==306 ; sys_platform == "win32"\n' };
    expect(importReport(NEW, true, files).outcome).toEqual({ status: 'audited' });
  });

  it('of a project that asks for nothing is not applicable', () => {
    expect(importReport('{"dependencies": []}', true, { 'requirements.txt': '# none' }).outcome.status).toBe(
      'not-applicable',
    );
  });

  it('of a project whose lock is stale is no audit', () => {
    const files = { 'requirements.txt': { status: 'outside', path: 'requirements.txt', detail: 'a link' } } as const;
    expect(importReport(NEW, true, files).outcome).toMatchObject({ reason: 'lockfile-unreadable' });
  });

  it('may skip what the team has accepted', () => {
    const text = JSON.stringify({ dependencies: [DEPENDENCIES[0], { name: 'Flask', skip_reason: 'x' }] });
    const settings = { acceptedUnaudited: [{ package: 'flask', reason: 'private' }] };
    expect(importReport(text, true, FILES, settings).outcome).toEqual({ status: 'audited' });
  });
});

describe('a report nobody vouches for', () => {
  it('keeps its findings and proves nothing', () => {
    const answer = importReport(NEW, false);
    expect(answer.outcome).toMatchObject({ status: 'unavailable', reason: 'import-unproven' });
    expect(answer.reported).toHaveLength(1);
  });
});

describe('what is no report', () => {
  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['{"error": "x"}', 'it begins'],
    [NEW.slice(0, -20), 'it begins'],
    ['null', 'it begins'],
    ['[1]', 'it begins'],
    [`${NEW.trimEnd()}\n${NEW}`, 'it begins'],
    [`Found 1 known vulnerability\n${NEW.trimEnd()}\n{"dependencies": []}\n`, 'it begins'],
    ['No known vulnerabilities found', 'it begins'],
    ['<html></html>', 'it begins'],
    ['Traceback (most recent call last):\n  File "x"\nServiceError', 'it begins'],
    ['{"auditReportVersion": 2, "vulnerabilities": {}}', 'it begins'],
    ['{'.repeat(50_000), 'it begins'],
    ['\n{'.repeat(50_000), 'it begins'],
  ])('%j is unreadable, never zero findings', (text, what) => {
    const answer = importReport(text);
    expect(answer.outcome).toMatchObject({ status: 'unavailable', reason: 'unreadable-output' });
    expect(JSON.stringify(answer.outcome)).toContain(what);
    expect(answer.coverage.audited).toBe(0);
  });
});
