/** The auditor of our own: what it asks, what it finds, and everything that keeps it from saying `audited`. */
import { describe, expect, it } from 'vitest';
import { npmReader } from '../../../../src/core/auditors/npm/reader.ts';
import { createOsv } from '../../../../src/core/auditors/osv/index.ts';
import { pythonReader } from '../../../../src/core/auditors/pip/reader.ts';
import type { OsvRecord, PackageAnswers } from '../../../../src/core/model/advisory.ts';
import type { AuditSettings } from '../../../../src/core/model/auditor.ts';
import type { Target } from '../../../../src/core/model/target.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';
import { answersOf } from '../../../support/osv-answers.ts';
import { block, osvRecord, ranged } from '../../../support/osv.ts';
import { npmProject } from '../../../support/repository.ts';

const osv = createOsv({ npm: npmReader, PyPI: pythonReader });
const SETTINGS: AuditSettings = {
  knownRegistries: [],
  acceptedUnaudited: [],
  timeoutMs: 1000,
  maxOutputBytes: 1000,
  attempts: 1,
};
const NPM: Target = {
  path: 'web',
  ecosystem: 'npm',
  sources: [{ path: 'web/package-lock.json', kind: 'package-lock' }],
};
const PYTHON: Target = { path: '.', ecosystem: 'PyPI', sources: [{ path: 'pylock.toml', kind: 'pylock' }] };
const WEB = npmProject({ left: '1.1.0', right: '3.0.0' }, 'web') as FakeFiles;
const PYLOCK = 'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "Left_Pad"\nversion = "1!2.0.post1+cpu"\n';

const LEFT = osvRecord('GHSA-left', [ranged('npm', 'left', [['introduced', '1.0.0'], ['fixed', '1.2.0']])], { aliases: ['CVE-2026-1'], summary: 'left falls' }); // prettier-ignore

type Answers = ReturnType<typeof answersOf>;

function audit(answers: Answers, target = NPM, files: FakeFiles = WEB, settings: Partial<AuditSettings> = {}) {
  return answerProgram(osv.audit(target, { ...SETTINGS, ...settings }), files, undefined, undefined, answers);
}

describe('what it asks and finds', () => {
  it('asks for every name once, with the canary among them, and for no version', () => {
    const { steps } = audit(answersOf([]));
    expect(steps.filter(({ ask }) => ask === 'advisories')).toEqual([
      { ask: 'advisories', ecosystem: 'npm', names: ['left', 'minimist', 'right'] },
    ]);
  });

  it('reports what its own matcher says, with ids, range and fixes', () => {
    const { value } = audit(answersOf([LEFT]));
    expect(value.outcome).toEqual({ status: 'audited' });
    expect(value.coverage).toEqual({ packages: 2, audited: 2, skipped: [] });
    expect(value.reported).toEqual([
      {
        auditor: 'osv',
        package: 'left',
        affects: ['node_modules/left'],
        ids: ['CVE-2026-1', 'GHSA-left'],
        summary: 'left falls',
        range: '>=1.0.0 <1.2.0',
        fixedIn: ['1.2.0'],
      },
    ]);
  });

  it('does not report the canary, which nobody installed', () => {
    expect(audit(answersOf([])).value.reported).toEqual([]);
  });

  it('matches Python versions with epoch, post-release and local label', () => {
    const record = osvRecord('PYSEC-1', [ranged('PyPI', 'left.pad', [['introduced', '1!1'], ['last_affected', '1!2.0.post1']])]); // prettier-ignore
    const { value } = audit(answersOf([record]), PYTHON, { 'pylock.toml': PYLOCK });
    expect(value.reported.map(({ package: name, affects }) => [name, affects])).toEqual([
      ['left-pad', ['left-pad@1!2.0.post1+cpu']],
    ]);
  });

  it.each<[string, OsvRecord, string, string]>([
    ['out of range', osvRecord('X', [ranged('npm', 'left', [['introduced', '0'], ['fixed', '1.1.0']])]), 'not-in-range', '<1.1.0'], // prettier-ignore
    ['withdrawn', { ...LEFT, withdrawn: '2026-01-01T00:00:00Z' }, 'withdrawn', '2026-01-01T00:00:00Z'],
    ['unreadable', osvRecord('X', [ranged('npm', 'left', [['introduced', '0'], ['fixed', 'soon']])]), 'malformed-range', 'fixed soon'], // prettier-ignore
  ])('says why an advisory that is %s does not count', (_title, record, why, detail) => {
    const { value } = audit(answersOf([record]));
    expect(value.reported).toEqual([]);
    expect(value.dismissed).toMatchObject([{ package: 'left', why, detail }]);
  });
});

describe('a range nobody can read', () => {
  const unreadable = (versions?: string[]): OsvRecord =>
    osvRecord('X', [
      block('npm', 'left', {
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: 'soon\u001b[31m' }] }],
        ...(versions === undefined ? {} : { versions }),
      }),
    ]);
  const problemsOf = (record: OsvRecord, settings: Partial<AuditSettings> = {}) =>
    audit(answersOf([record]), NPM, WEB, settings).value.problems.filter(
      ({ code }) => code === 'advisory-range-unreadable',
    );

  it('leaves a question open, and is shown without its control characters', () => {
    const [problem] = problemsOf(unreadable());
    expect(problem).toMatchObject({ target: 'web', blocks: true });
    expect(problem?.message).toContain('X for left (fixed soon\\u{1b}[31m)');
  });

  it.each<[string, () => readonly { readonly blocks: boolean }[]]>([
    ['the record lists its versions', () => problemsOf(unreadable(['0.9.0']))],
    ['the team has accepted it', () => problemsOf(unreadable(), { acceptedUnaudited: [{ package: 'left', reason: 'read' }] })], // prettier-ignore
  ])('is said and blocks nothing when %s', (_title, problems) => {
    expect(problems()).toMatchObject([{ blocks: false }]);
  });

  it('is not worth a word when the version is affected anyway', () => {
    expect(problemsOf(unreadable(['1.1.0']))).toEqual([]);
  });
});

describe('what it does not call audited', () => {
  const down = (detail: string, only?: string): Answers =>
    (ecosystem, names) => ({
      ...answersOf([LEFT])(ecosystem, names),
      lookups: answersOf([LEFT])(ecosystem, names).lookups.map((lookup) =>
        only === undefined || lookup.name === only ? { status: 'unavailable', name: lookup.name, detail } : lookup,
      ),
    }); // prettier-ignore
  const short: Answers = (ecosystem, names): PackageAnswers => {
    const answers = answersOf([LEFT])(ecosystem, names);
    return { ...answers, lookups: answers.lookups.slice(0, -1) };
  };

  it.each<[string, Answers, string]>([
    ['a source that is down', down('refused'), 'source-unreachable'],
    ['a source that answers for all but one', down('too large', 'right'), 'incomplete'],
    ['a source that leaves an answer out', short, 'count-mismatch'],
    ['a source without the canary', answersOf([LEFT], { canaries: false }), 'source-blind'],
    ['a source that is too old', answersOf([LEFT], { age: { isMirror: true, stale: 'it is 9 days old' } }), 'source-stale'], // prettier-ignore
  ])('%s', (_title, answers, reason) => {
    expect(audit(answers).value.outcome).toMatchObject({ status: 'unavailable', reason });
  });

  it('keeps what a doubtful source did say', () => {
    const { value } = audit(down('too large', 'right'));
    expect(value.reported.map(({ package: name }) => name)).toEqual(['left']);
    expect(value.coverage).toMatchObject({ packages: 2, audited: 1 });
  });

  it.each<[string, FakeFiles, string]>([
    ['no lock', { 'web/package.json': WEB['web/package.json']! }, 'no-lockfile'],
    ['garbage', { ...WEB, 'web/package-lock.json': '{' }, 'lockfile-unreadable'],
    ['another manifest', { ...WEB, 'web/package.json': '{"dependencies":{"up":"1"}}' }, 'lockfile-stale'],
  ])('a lock that is %s', (_title, files, reason) => {
    expect(audit(answersOf([LEFT]), NPM, files).value.outcome).toMatchObject({ status: 'unavailable', reason });
  });
});
