/** The doctor's lines: each with a mark and its mend, narrow and wide, and foreign text shown instead of obeyed. */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { toDoctorReport } from '../../../src/core/doctor/report.ts';
import type { DoctorCheck } from '../../../src/core/model/doctor-report.ts';
import { doctorTable } from '../../../src/core/report/doctor/table.ts';

const CHECKS: readonly DoctorCheck[] = [
  { check: 'npm', status: 'ok', message: 'from PATH', version: '11.4.2', command: ['/usr/bin/node', '/npm-cli.js'] },
  { check: 'uv', status: 'skipped', message: 'nothing here needs it' },
  { check: 'npm registry', status: 'failed', message: 'it is blind', mend: 'Ask another one.' },
  { check: 'environment', status: 'remark', message: 'npm_config_offline is set', mend: 'Unset it.' },
];

describe('the doctor on a terminal', () => {
  it('marks each check, and says what mends it and what it comes to', () => {
    expect(doctorTable(toDoctorReport(CHECKS), { width: 80, color: false })).toBe(
      [
        '✔ npm              11.4.2 from PATH (/usr/bin/node /npm-cli.js)',
        '- uv               nothing here needs it',
        '✖ npm registry     it is blind',
        '  → Ask another one.',
        '! environment      npm_config_offline is set',
        '  → Unset it.',
        '',
        'Not ready: One thing stands in the way of an audit that is conclusive.',
        '',
      ].join('\n'),
    );
  });

  it('is ready when only remarks are left', () => {
    const report = toDoctorReport(CHECKS.filter(({ status }) => status !== 'failed'));
    expect(report.ready).toBe(true);
    expect(doctorTable(report, { width: 80, color: false })).toContain('Ready: an audit here can be conclusive.');
  });

  it('stays within 40 columns', () => {
    const lines = doctorTable(toDoctorReport(CHECKS), { width: 40, color: false }).split('\n');
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(40);
  });

  it('shows escape sequences of a tool instead of obeying them', () => {
    const checks: DoctorCheck[] = [{ check: 'npm', status: 'failed', message: '\u001b[2J::error::x', mend: '\u0007' }];
    expect(doctorTable(toDoctorReport(checks), { width: 80, color: false })).not.toMatch(/\u001b|\u0007/);
  });
});
