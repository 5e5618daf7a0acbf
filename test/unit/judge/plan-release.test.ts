/** Which version can follow which releases, and how far it steps. */
import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { planRelease } from '../../../src/core/judge/plan-release.ts';
import type { Release } from '../../../src/core/model/release.ts';
import { makeRelease } from '../../support/judge-values.ts';

function tags(...versions: readonly string[]): readonly Release[] {
  return versions.map((version, at) =>
    makeRelease(version, `2026-01-${String(at + 1).padStart(2, '0')}T00:00:00.000Z`),
  );
}

function named(release: Release, tag: string): Release {
  return { ...release, tag };
}

describe('planRelease', () => {
  it.each<[string, string, readonly Release[], Partial<ReturnType<typeof planRelease>>]>([
    ['the first of all', '1.0.0', [], { version: '1.0.0', tag: '1.0.0', level: 'major' }],
    ['the first of all, as it was typed', 'v0.1.0', [], { version: '0.1.0', tag: 'v0.1.0', level: 'major' }],
    ['a patch', '1.2.1', tags('1.1.0', '1.2.0'), { tag: 'v1.2.1', level: 'patch', previous: 'v1.2.0' }],
    ['a minor', '1.3.0', tags('1.2.0', '1.2.9'), { level: 'minor', previous: 'v1.2.9' }],
    ['a major', '2.0.0', tags('1.2.0', '1.10.0'), { level: 'major', previous: 'v1.10.0' }],
    ['a patch of an older line', '1.2.1', tags('1.2.0', '1.3.0', '2.0.0'), { level: 'patch', previous: 'v1.2.0' }],
    ['a minor of an older line', '1.4.0', tags('1.3.0', '2.0.0'), { level: 'minor', previous: 'v1.3.0' }],
    ['a pre-release', '2.0.0-rc.2', tags('1.0.0', '2.0.0-rc.1'), { level: 'prerelease', previous: 'v2.0.0-rc.1' }],
    ['a release after its candidates', '2.0.0', tags('1.9.0', '2.0.0-rc.1'), { level: 'major', previous: 'v1.9.0' }],
    ['the first release after candidates only', '1.0.0', tags('1.0.0-rc.1'), { level: 'major' }],
    ['a `v` nobody asked for', 'v1.0.1', tags('1.0.0'), { version: '1.0.1', tag: 'v1.0.1' }],
    ['the name of a tag', 'api/v1.0.1', [named(makeRelease('1.0.0', ''), 'api/v1.0.0')], { tag: 'api/v1.0.1' }],
    ['tags without a prefix', 'v1.0.1', [named(makeRelease('1.0.0', ''), '1.0.0')], { tag: '1.0.1' }],
    ['build metadata', '1.0.1+build.5', tags('1.0.0'), { version: '1.0.1+build.5', tag: 'v1.0.1+build.5' }],
    ['a tag that is no version', '1.0.1', [...tags('1.0.0'), makeRelease('nonsense', '')], { previous: 'v1.0.0' }],
  ])('%s', (_what, typed, releases, planned) => {
    expect(planRelease(typed, releases)).toMatchObject(planned);
  });

  it('names nothing it follows when it follows nothing', () => {
    expect(planRelease('1.0.0', [])).not.toHaveProperty('previous');
    expect(planRelease('1.0.0', tags('1.0.0-rc.1'))).not.toHaveProperty('previous');
  });

  it.each<[string, string, readonly Release[], string, RegExp]>([
    ['no version', 'next', [], 'version-not-semver', /"next" is no version/],
    ['half a version', '1.2', [], 'version-not-semver', /1\.2/],
    ['nothing', ' ', [], 'version-not-semver', /""/],
    ['an option', '--help', [], 'version-not-semver', /--help/],
    ['control characters', '1.0.0\u001b[2J', [], 'version-not-semver', /\\u\{1b\}/],
    ['one that is there', '1.2.0', tags('1.2.0', '1.3.0'), 'version-exists', /v1\.2\.0 was tagged on 2026-01-01/],
    ['one that differs by its build', '1.2.0+2', tags('1.2.0'), 'version-exists', /exists already/],
    ['a patch below the last one', '1.2.3', tags('1.2.4'), 'version-backwards', /last release of its line is v1\.2\.4/],
    ['a minor below the last one', '1.3.0', tags('1.2.0', '1.4.0', '2.0.0'), 'version-backwards', /v1\.4\.0/],
    ['a major below the last one', '3.0.0', tags('2.0.0', '4.0.0'), 'version-backwards', /v4\.0\.0/],
    ['a candidate of a finished release', '1.0.0-rc.9', tags('1.0.0'), 'version-backwards', /v1\.0\.0/],
  ])('refuses %s', (_what, typed, releases, code, message) => {
    expect(() => planRelease(typed, releases)).toThrow(
      expect.objectContaining({ name: 'UsageError', code, message: expect.stringMatching(message) as string }) as Error,
    );
  });

  it('does not mind the order of the tags, and takes what it proposes', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.uniqueArray(version, { minLength: 1, maxLength: 8 }), (versions) => {
        const releases = tags(...versions);
        const last = releases.map((release) => release.version).sort(semver.rcompare)[0] ?? '';
        const next = semver.inc(last, 'patch') ?? '';
        expect(planRelease(next, releases)).toMatchObject({ level: 'patch', previous: `v${last}` });
        expect(planRelease(next, releases.toReversed())).toEqual(planRelease(next, releases));
      }),
    );
  });
});
