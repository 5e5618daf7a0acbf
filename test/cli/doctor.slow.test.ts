/** `fixby doctor` against real tools and real sources on loopback: sound, blind, refusing, and files that cannot be used. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { DoctorReport } from '../../src/core/model/doctor-report.ts';
import { ROOT, runFixby } from '../support/fixby.ts';
import { makeGitRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';
import { answers, startSource } from '../support/source.ts';
import type { Fault, Route } from '../support/source.ts';

const PYTHON = { 'py/pylock.toml': 'lock-version = "1.0"\ncreated-by = "t"\npackages = []\n' };
const FILES: FileTree = { 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }), ...PYTHON };

async function diagnose(
  files: FileTree = FILES,
  faults: { readonly [R in Route]?: Fault } = {},
): Promise<{ readonly code: number | null; readonly report: DoctorReport }> {
  const { url } = await startSource(faults);
  const { dir } = makeGitRepository(files);
  const args = ['doctor', dir, '--registry', url, '--osv-url', url, '--format', 'json'];
  const { code, stdout } = await runFixby(args);
  return { code, report: JSON.parse(stdout) as DoctorReport };
}

function statuses({ checks }: DoctorReport): Record<string, string> {
  return Object.fromEntries(checks.map(({ check, status }) => [check, status]));
}

describe('fixby doctor', () => {
  it('finds a machine ready whose sources answer and know the planted package', async () => {
    const { code, report } = await diagnose();
    expect(statuses(report)).toMatchObject({
      npm: 'ok',
      'pip-audit': 'ok',
      git: 'ok',
      policy: 'ok',
      'npm registry': 'ok',
      'OSV source': 'ok',
      'advisory records': 'ok',
      ledger: 'ok',
    });
    expect([code, report.ready]).toEqual([0, true]);
    const schema = JSON.parse(readFileSync(join(ROOT, 'schema/doctor.v1.schema.json'), 'utf8')) as object;
    const ajv = new Ajv2020({ strict: false });
    expect(ajv.validate(schema, report) ? null : ajv.errors).toBeNull();
  });

  it.each<[string, { readonly [R in Route]?: Fault }, string]>([
    ['a registry that answers nothing', { bulk: answers(200, '{}') }, 'npm registry'],
    ['a registry without an audit endpoint', { bulk: answers(405, '{}') }, 'npm registry'],
    ['an OSV source that knows nothing', { query: answers(200, '{}') }, 'OSV source'],
    ['a source without records', { vulns: answers(404, '{"code":5,"message":"none"}') }, 'advisory records'],
    ['a source of pages', { vulns: answers(200, '<html></html>', 'text/html') }, 'advisory records'],
  ])('does not call %s sound', async (_what, faults, check) => {
    const { code, report } = await diagnose(FILES, faults);
    const failed = report.checks.filter(({ status }) => status === 'failed');
    expect([code, failed.map((each) => each.check)]).toEqual([3, [check]]);
    expect(failed[0]?.mend).toMatch(/\.$/);
  });

  it('asks nobody about an ecosystem the repository does not have', async () => {
    const { report } = await diagnose({ 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }) });
    expect(statuses(report)).toMatchObject({ 'npm registry': 'ok', 'OSV source': 'skipped' });
  });

  it('names everything that cannot be used, each with its mend, and goes on', async () => {
    const { code, report } = await diagnose({
      ...npmProject({ ms: '2.1.3' }),
      '.fixby/config.yaml': 'version: 1\npolcy: {}\n',
      '.fixby/exceptions.yaml': 'exceptions: [{}]\n',
    });
    expect(code).toBe(2);
    expect(statuses(report)).toMatchObject({
      configuration: 'invalid',
      policy: 'invalid',
      exceptions: 'invalid',
      'npm registry': 'ok',
    });
  });

  it('does not believe a mirror that is not there', async () => {
    const { code, report } = await diagnose({
      ...FILES,
      '.fixby/config.yaml': 'version: 1\nmirror:\n  path: /nowhere/at/all\n',
    });
    expect([code, statuses(report)['mirror']]).toEqual([3, 'failed']);
  });

  it('finds a ledger that was changed', async () => {
    const { code, report } = await diagnose({ ...FILES, '.fixby/ledger.jsonl': '{"seq":1}\n' });
    expect([code, statuses(report)['ledger']]).toEqual([3, 'failed']);
  });
});
