/** Reads and orders versions the way their own ecosystem does: node-semver for npm, PEP 440 for PyPI. */
import pep440 from '@renovatebot/pep440';
import semver from 'semver';
import type { Ecosystem } from '../model/ecosystem.ts';
import { byText } from '../model/order.ts';

/** npm reads versions loosely (`1.2.3beta`), so a matcher that agrees with it must too. */
const LOOSE = { loose: true };

/** The cap node-semver itself has; what is longer is no version of anything. */
const MAX_LENGTH = 256;

/**
 * The spelling in which two equal versions are the same text, or `null` for what is no version.
 * npm: build metadata is dropped, as precedence ignores it. PyPI: `1.0-RC.1` and `1.0.0rc1` become `1rc1`.
 */
export function canonicalVersion(ecosystem: Ecosystem, text: string): string | null {
  return ecosystem === 'npm' ? canonicalSemver(text) : canonicalPep440(text);
}

/**
 * As `canonicalVersion`, for a version that an advisory states. npm advisories write `13.0` where `13.0.0` is meant;
 * OSV fills such versions with zeros, and so do we. An installed version is never filled: npm would not know it.
 */
export function canonicalBound(ecosystem: Ecosystem, text: string): string | null {
  const whole = canonicalVersion(ecosystem, text);
  if (whole !== null || ecosystem === 'PyPI') return whole;
  const [, major, minor = '0', rest = ''] = /^v?(\d+)(?:\.(\d+))?(-[\w.-]+)?$/.exec(text.trim()) ?? [];
  return major === undefined ? null : canonicalSemver(`${major}.${minor}.0${rest}`);
}

/** Whether `canonicalBound` can read `text`. */
export function isBound(ecosystem: Ecosystem, text: string): boolean {
  const plain = ecosystem === 'npm' ? PLAIN_SEMVER : PLAIN_PEP440;
  return plain.test(text) || canonicalBound(ecosystem, text) !== null;
}

/** Whether `text` is three numbers and nothing else: a canonical version of npm that can be told apart without a parser. */
export function isPlainSemver(text: string): boolean {
  return PLAIN_SEMVER.test(text);
}

/** Whether `text` is a version its ecosystem can order. */
export function isVersion(ecosystem: Ecosystem, text: string): boolean {
  return canonicalVersion(ecosystem, text) !== null;
}

/** Negative when `a` is older than `b`, 0 when they are the same version. What is no version comes first, by its text. */
export function compareVersions(ecosystem: Ecosystem, a: string, b: string): number {
  const left = canonicalVersion(ecosystem, a);
  const right = canonicalVersion(ecosystem, b);
  if (left === null || right === null) return Number(left !== null) - Number(right !== null) || byText(a, b);
  return compareCanonical(ecosystem, left, right);
}

/** `compareVersions` for texts that are canonical already. */
export function compareCanonical(ecosystem: Ecosystem, a: string, b: string): number {
  if (a === b) return 0;
  if (isPlainSemver(a) && isPlainSemver(b)) return compareNumbers(a.split('.'), b.split('.'));
  return ecosystem === 'npm' ? semver.compare(a, b) : pep440.compare(a, b);
}

/** Whether a canonical version is one of trial: an alpha, beta, release candidate or development release. */
export function isPrerelease(ecosystem: Ecosystem, canonical: string): boolean {
  return ecosystem === 'npm'
    ? semver.prerelease(canonical) !== null
    : pep440.explain(canonical)?.is_prerelease === true;
}

/**
 * The version without its local label (`2.0+cpu` → `2.0`): the upstream release a local build was made from.
 * https://packaging.python.org/en/latest/specifications/version-specifiers/#local-version-identifiers
 */
export function publicVersion(canonical: string): string {
  return canonical.split('+', 1)[0] ?? canonical;
}

/** Three numbers that are short enough to be exact: most versions there are, and already in their canonical spelling. */
const PLAIN_SEMVER = /^(?:0|[1-9]\d{0,14})\.(?:0|[1-9]\d{0,14})\.(?:0|[1-9]\d{0,14})$/;

const TRAILING_ZEROS = /(?:\.0)+$/;

/** Numbers alone: canonical but for zeros at the end. */
const PLAIN_PEP440 = /^(?:0|[1-9]\d{0,14})(?:\.(?:0|[1-9]\d{0,14})){0,6}$/;

/** Plain versions are ordered alike in both worlds, and nearly all are plain: parsing them is most of a match. */
function compareNumbers(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return Number(a[at]) < Number(b[at]) ? -1 : 1;
}

function canonicalSemver(text: string): string | null {
  if (isPlainSemver(text)) return text;
  return semver.parse(text, LOOSE)?.version ?? null;
}

function canonicalPep440(text: string): string | null {
  if (PLAIN_PEP440.test(text)) return text.replace(TRAILING_ZEROS, '');
  const trimmed = text.trim();
  // Longer numbers lose digits in the comparison; node-semver refuses them for the same reason.
  if (trimmed.length > MAX_LENGTH || /\d{16}/.test(trimmed)) return null;
  const parts = pep440.explain(trimmed);
  if (parts === null) return null;
  const release = parts.release.join('.').replace(TRAILING_ZEROS, '');
  const post = numbered('.post', parts.post);
  const dev = numbered('.dev', parts.dev);
  const local = parts.local === null ? '' : `+${parts.local}`;
  return `${parts.epoch === 0 ? '' : `${parts.epoch}!`}${release}${(parts.pre as typeof parts.pre | null)?.join('') ?? ''}${post}${dev}${local}`;
}

// The library's types promise arrays; at run time `post` and `dev` are a number or null.
function numbered(label: string, part: unknown): string {
  return typeof part === 'number' ? `${label}${part}` : '';
}
