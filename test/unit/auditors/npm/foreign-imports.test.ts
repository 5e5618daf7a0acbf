/** Reports of pnpm, yarn and bun: recorded from each tool over one project, and every way such a file proves nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportReaders } from '../../../../src/core/auditors/registry.ts';
import type { AuditAnswer } from '../../../../src/core/model/audit.ts';
import type { ReportReader } from '../../../../src/core/model/auditor.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';
import { SETTINGS, targetWith } from './demo.ts';

/** What all of them were recorded from. */
const MANIFEST = JSON.stringify({
  name: 'app',
  dependencies: { mkdirp: '0.5.1', 'is-number': '7.0.0', 'old-mini': 'npm:minimist@1.2.0' },
  devDependencies: { lodash: '4.17.20' },
});

const YARN_1 = `# yarn lockfile v1

is-number@7.0.0:
  version "7.0.0"

lodash@4.17.20:
  version "4.17.20"

minimist@0.0.8:
  version "0.0.8"

mkdirp@0.5.1:
  version "0.5.1"
  dependencies:
    minimist "0.0.8"

"old-mini@npm:minimist@1.2.0":
  version "1.2.0"
`;

const YARN_4 = `__metadata:
  version: 10

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."
  dependencies:
    is-number: "npm:7.0.0"
    lodash: "npm:4.17.20"
    mkdirp: "npm:0.5.1"
    old-mini: "npm:minimist@1.2.0"

"is-number@npm:7.0.0":
  version: 7.0.0
  resolution: "is-number@npm:7.0.0"

"lodash@npm:4.17.20":
  version: 4.17.20
  resolution: "lodash@npm:4.17.20"

"minimist@npm:0.0.8":
  version: 0.0.8
  resolution: "minimist@npm:0.0.8"

"mkdirp@npm:0.5.1":
  version: 0.5.1
  resolution: "mkdirp@npm:0.5.1"
  dependencies:
    minimist: "npm:0.0.8"

"old-mini@npm:minimist@1.2.0":
  version: 1.2.0
  resolution: "minimist@npm:1.2.0"
`;

const PNPM = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      is-number: { specifier: 7.0.0, version: 7.0.0 }
      mkdirp: { specifier: 0.5.1, version: 0.5.1 }
      old-mini: { specifier: 'npm:minimist@1.2.0', version: minimist@1.2.0 }
    devDependencies:
      lodash: { specifier: 4.17.20, version: 4.17.20 }
packages:
  is-number@7.0.0: { resolution: { integrity: sha512-a } }
  lodash@4.17.20: { resolution: { integrity: sha512-b } }
  minimist@0.0.8: { resolution: { integrity: sha512-c } }
  minimist@1.2.0: { resolution: { integrity: sha512-d } }
  mkdirp@0.5.1: { resolution: { integrity: sha512-e } }
snapshots:
  is-number@7.0.0: {}
  lodash@4.17.20: {}
  minimist@0.0.8: {}
  minimist@1.2.0: {}
  mkdirp@0.5.1: { dependencies: { minimist: 0.0.8 } }
`;

const BUN = JSON.stringify({
  lockfileVersion: 1,
  workspaces: { '': JSON.parse(MANIFEST) as object },
  packages: {
    'is-number': ['is-number@7.0.0', '', {}, 'sha512-a'],
    lodash: ['lodash@4.17.20', '', {}, 'sha512-b'],
    minimist: ['minimist@0.0.8', '', {}, 'sha512-c'],
    mkdirp: ['mkdirp@0.5.1', '', { dependencies: { minimist: '0.0.8' } }, 'sha512-e'],
    'old-mini': ['minimist@1.2.0', '', {}, 'sha512-d'],
  },
});

interface Tool {
  readonly auditor: string;
  readonly kind: 'pnpm-lock' | 'yarn-lock' | 'bun-lock';
  readonly files: FakeFiles;
}

function tool(auditor: string, kind: Tool['kind'], lock: string): Tool {
  const path = { 'pnpm-lock': 'pnpm-lock.yaml', 'yarn-lock': 'yarn.lock', 'bun-lock': 'bun.lock' }[kind];
  return { auditor, kind, files: { 'web/package.json': MANIFEST, [`web/${path}`]: lock } };
}

const PNPM_AUDIT = tool('pnpm-audit', 'pnpm-lock', PNPM);
const YARN_1_AUDIT = tool('yarn-audit', 'yarn-lock', YARN_1);
const YARN_4_AUDIT = tool('yarn-audit', 'yarn-lock', YARN_4);
const BUN_AUDIT = tool('bun-audit', 'bun-lock', BUN);

function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../../fixtures/audits', name), 'utf8');
}

function readerNamed(name: string): ReportReader {
  const reader = reportReaders.find((each) => each.name === name);
  if (reader === undefined) throw new Error(`there is no reader ${name}`);
  return reader;
}

function judge({ auditor, kind, files }: Tool, text: string, trusted = true): AuditAnswer {
  const target = targetWith('package-json', kind);
  const program = readerNamed(auditor).interpretImport(target, { file: 'ci/audit.out', text, trusted }, SETTINGS);
  return answerProgram(program, files).value;
}

/** `id of the advisory: what it affects`. */
function found({ reported }: AuditAnswer): readonly string[] {
  return reported
    .map(({ ids, affects }) => `${ids.find((id) => id.startsWith('GHSA')) ?? ''}: ${affects.join(' ')}`)
    .sort();
}

const EVERYTHING = [
  'GHSA-f23m-r3pf-42rh: lodash@4.17.20',
  'GHSA-r5fr-rjxr-66jc: lodash@4.17.20',
  'GHSA-vh95-rmgr-6w4m: minimist@0.0.8 minimist@1.2.0',
  'GHSA-xvch-5gv4-984h: minimist@0.0.8 minimist@1.2.0',
  'GHSA-xxjr-mmjv-4gpg: lodash@4.17.20',
];

const RECORDINGS: readonly (readonly [string, Tool])[] = [
  ['pnpm-9.json', PNPM_AUDIT],
  ['pnpm-12.json', PNPM_AUDIT],
  ['yarn-1.ndjson', YARN_1_AUDIT],
  ['yarn-3.json', YARN_4_AUDIT],
  ['yarn-4.ndjson', YARN_4_AUDIT],
  ['bun-1.json', BUN_AUDIT],
];

describe.each(RECORDINGS)('what was recorded in %s', (name, of) => {
  const text = recorded(name);

  it('is unproven, and its findings are kept', () => {
    const answer = judge(of, text, false);
    expect(answer.outcome).toMatchObject({ status: 'unavailable', reason: 'import-unproven' });
    expect(found(answer)).toEqual(EVERYTHING);
    expect(answer.coverage).toEqual({ packages: 5, audited: 0, skipped: [] });
  });

  it('counts when somebody vouches for it', () => {
    const answer = judge(of, text);
    expect(answer.outcome).toEqual({ status: 'audited' });
    expect(answer.coverage).toEqual({ packages: 5, audited: 5, skipped: [] });
    expect(new Set(answer.reported.map(({ auditor }) => auditor))).toEqual(new Set([of.auditor]));
    const levels = answer.reported.map(({ severity }) => severity?.level).sort();
    expect(levels).toEqual(['critical', 'high', 'medium', 'medium', 'medium']);
  });

  it('is found behind warnings, with the line ends of Windows', () => {
    const noisy = `warning: something\n WARN  deprecated\n${text}`.replaceAll('\n', '\r\n');
    expect(found(judge(of, noisy))).toEqual(EVERYTHING);
  });

  it.each([0.3, 0.6, 0.95])('is unreadable when %f of it are there', (share) => {
    const answer = judge(of, text.slice(0, Math.floor(text.length * share)));
    expect(answer.outcome).toMatchObject({ status: 'unavailable', reason: 'unreadable-output' });
    expect(answer.coverage.audited).toBe(0);
  });

  it('was made for another tree when it reports what the lock does not hold', () => {
    const answer = judge(of, text.replaceAll('lodash', 'moment'));
    expect(answer.outcome).toMatchObject({ status: 'unavailable', reason: 'count-mismatch' });
    expect(answer.coverage.audited).toBe(0);
    expect(answer.problems).toContainEqual(expect.objectContaining({ code: 'import-unplaced', blocks: true }));
  });

  it('does not outrank a lock that is out of step', () => {
    const manifest = MANIFEST.replace('"7.0.0"', '"^8.0.0"');
    const answer = judge({ ...of, files: { ...of.files, 'web/package.json': manifest } }, text);
    expect(answer.outcome).toMatchObject({ reason: 'lockfile-stale' });
    expect(found(answer)).toEqual(EVERYTHING);
  });

  // One value a line is what yarn writes.
  if (name.endsWith('.json'))
    it('is unreadable when another stands beside it: which of them is meant, nobody can say', () => {
      for (const both of [`${text.trimEnd()}\n{}\n`, `{}\n${text}`]) {
        expect(judge(of, both).outcome).toMatchObject({ status: 'unavailable', reason: 'unreadable-output' });
      }
    });

  it('of another tool is no report', () => {
    const other = of === BUN_AUDIT ? PNPM_AUDIT : BUN_AUDIT;
    expect(judge(other, text).outcome).toMatchObject({ reason: 'unreadable-output' });
  });
});

describe('a tool that found nothing', () => {
  it('is told from one that did not look by what it counts', () => {
    const none = recorded('pnpm-12-clean.json').replaceAll('"totalDependencies": 1', '"totalDependencies": 5');
    expect(judge(PNPM_AUDIT, none).outcome).toEqual({ status: 'audited' });
    expect(judge(PNPM_AUDIT, recorded('pnpm-12-clean.json')).outcome).toMatchObject({ reason: 'count-mismatch' });
    const summary = recorded('yarn-1-clean.ndjson').replaceAll('"totalDependencies":1', '"totalDependencies":5');
    expect(judge(YARN_1_AUDIT, summary).outcome).toEqual({ status: 'audited' });
    expect(judge(YARN_1_AUDIT, recorded('yarn-1-clean.ndjson')).outcome).toMatchObject({ reason: 'count-mismatch' });
  });

  it('says what it cannot prove: bun and yarn 4 count nothing', () => {
    const bun = judge(BUN_AUDIT, '{}\n');
    expect(bun.outcome).toEqual({ status: 'audited' });
    expect(bun.notes.join(' ')).toContain('neither how much was asked');
    expect(judge(YARN_4_AUDIT, recorded('yarn-4.ndjson')).notes.join(' ')).toContain('whether its list is whole');
  });

  it('has nothing to show for it with yarn 4, whose failure looks the same', () => {
    const { outcome } = judge(YARN_4_AUDIT, '');
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'unreadable-output' });
    expect(JSON.stringify(outcome)).toContain('nothing when it fails');
  });
});

describe('a report that leaves something out', () => {
  it('of a severity is incomplete', () => {
    const [, ...lines] = recorded('yarn-1.ndjson').split('\n');
    const text = lines.filter((line) => !line.includes('"severity":"moderate"')).join('\n');
    const { outcome, reported } = judge(YARN_1_AUDIT, text);
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'incomplete' });
    expect(JSON.stringify(outcome)).toContain('counts 3 of severity moderate and names none');
    expect(reported).toHaveLength(2);
  });

  it('does not take what an author gave up on for a flaw', () => {
    const line = { value: 'mkdirp', children: { ID: 'mkdirp (deprecation)', Issue: 'old', Severity: 'moderate', 'Vulnerable Versions': '0.5.1', 'Tree Versions': ['0.5.1'], Dependents: [] } }; // prettier-ignore
    const answer = judge(YARN_4_AUDIT, `${JSON.stringify(line)}\n`);
    expect([answer.outcome.status, answer.reported]).toEqual(['audited', []]);
  });
});

describe('what is no report', () => {
  const anyway: readonly (readonly [string, string])[] = [
    ['', 'unreadable-output'],
    ['\n \n', 'unreadable-output'],
    ['<html>x</html>', 'unreadable-output'],
    ['null', 'unreadable-output'],
    ['[]', 'unreadable-output'],
    ['{"a":', 'unreadable-output'],
    ['\n{'.repeat(20_000), 'unreadable-output'],
    ['{"__proto__":{"polluted":true}}', 'unreadable-output'],
  ];
  const rows: readonly (readonly [Tool, string, string])[] = [
    ...[PNPM_AUDIT, YARN_1_AUDIT, YARN_4_AUDIT, BUN_AUDIT].flatMap((of) =>
      anyway.map(([text, reason]) => [of, text, reason] as const),
    ),
    // As each tool printed them.
    [PNPM_AUDIT, '{\n  "error": {\n    "code": "ECONNREFUSED",\n    "message": "request failed, reason: connect ECONNREFUSED"\n  }\n}', 'source-unreachable'],
    [PNPM_AUDIT, '{"error":{"code":"ERR_PNPM_AUDIT_ENDPOINT_NOT_EXISTS","message":"The audit endpoint (at x) is doesn\'t exist."}}', 'source-refused'],
    [PNPM_AUDIT, '{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE","message":"The audit endpoint (at x) responded with 503: down"}}', 'source-unreachable'],
    [PNPM_AUDIT, '{"error":{"code":"ERR_PNPM_AUDIT_NO_LOCKFILE","message":"No pnpm-lock.yaml found"}}', 'tool-failed'],
    [PNPM_AUDIT, '{"error":{"code":"pnpm","message":"Unexpected token \'<\', \\"<html>x</html>\\" is not valid JSON"}}', 'unreadable-output'],
    [PNPM_AUDIT, 'Error: ERR_PNPM_AUDIT_ENDPOINT_NOT_EXISTS\n\n  × The audit endpoint doesn\'t exist.', 'unreadable-output'],
    [PNPM_AUDIT, '{"advisories":{"1":{"id":1}},"metadata":{"vulnerabilities":{},"totalDependencies":5}}', 'unreadable-output'],
    [PNPM_AUDIT, '{"advisories":{},"metadata":{}}', 'unreadable-output'],
    [YARN_1_AUDIT, '{"type":"info","data":"Visit the documentation about this command."}', 'unreadable-output'],
    [YARN_1_AUDIT, '{"type":"error","data":"Error: x/-/npm/v1/security/audits: tunneling socket could not be established, cause=connect ECONNREFUSED\\n    at y"}', 'source-unreachable'],
    [YARN_1_AUDIT, '{"type":"error","data":"Error: Unexpected audit response (Missing Metadata): {}\\n    at y"}', 'unreadable-output'],
    [YARN_1_AUDIT, `${recorded('yarn-1.ndjson')}${recorded('yarn-1.ndjson')}`, 'unreadable-output'],
    [YARN_1_AUDIT, recorded('yarn-1.ndjson').split('\n').slice(0, 3).join('\n'), 'unreadable-output'],
    [YARN_4_AUDIT, '➤ YN0035: not found\n➤ YN0035:   Response Code: 404 (Not Found)', 'unreadable-output'],
    [YARN_4_AUDIT, '{"value":"lodash","children":{"ID":1}}\n', 'unreadable-output'],
    [BUN_AUDIT, '{"error":"no"}\nerror: invalid audit response: not a list of advisories', 'unreadable-output'],
    [BUN_AUDIT, '{"message":[]}', 'unreadable-output'],
    [BUN_AUDIT, '{"actions":[],"advisories":{}}', 'unreadable-output'],
    [BUN_AUDIT, 'error: POST http://127.0.0.1:9/-/npm/v1/security/advisories/bulk - 404', 'unreadable-output'],
  ]; // prettier-ignore

  it.each(rows.map(([of, ...row]) => [of.auditor, ...row, of] as const))('%s: %j is %s', (_, text, reason, of) => {
    for (const trusted of [false, true]) {
      const { outcome, coverage, reported } = judge(of, text, trusted);
      expect(outcome).toMatchObject({ status: 'unavailable', reason });
      expect(JSON.stringify(outcome)).not.toMatch(/\bnpm (?:failed|printed|could)/);
      expect([coverage.audited, reported]).toEqual([0, []]);
    }
  });
});

describe('which targets a report can be about', () => {
  it.each([
    ['pnpm-audit', ['pnpm-lock'], true],
    ['pnpm-audit', ['yarn-lock'], false],
    ['pnpm-audit', ['pnpm-lock', 'yarn-lock'], false],
    ['yarn-audit', ['yarn-lock'], true],
    ['yarn-audit', ['yarn-lock', 'package-lock'], false],
    ['bun-audit', ['bun-lock'], true],
    ['bun-audit', [], false],
  ] as const)('%s of %j: %s', (name, kinds, covers) => {
    expect(readerNamed(name).covers(targetWith('package-json', ...kinds))).toBe(covers);
  });
});
