/** Reads one row of a supported-versions table: which versions it means, whether they are supported, until when. */
import semver from 'semver';
import { findDay } from './dates.ts';
import type { Passage } from '../model/promise.ts';

export interface VersionRow {
  readonly passage: Passage;
  /** The cell as written. */
  readonly words: string;
  /** A semver range; `latest` for the newest release; `rest` for everything no other row means; `null` when it cannot be read. */
  readonly range: { readonly semver: string } | 'latest' | 'rest' | null;
  /** `null` when the cell says neither. */
  readonly supported: boolean | null;
  /** The day (`YYYY-MM-DD`) support ends, where the row names one. */
  readonly until: string | null;
}

const VERSION_HEADER = /\b(?:version|release|branch)/i;
const SUPPORT_HEADER = /\b(?:support|maintain|status|security|patch|receiv)/i;
const END_HEADER = /\b(?:end|eol|until|expires?|life)\b/i;

const YES =
  /✅|✔|☑|👍|🟢|:white_check_mark:|:heavy_check_mark:|:green_circle:|\b(?:yes|supported|active|maintained|current|lts|security)\b/iu;
const NO =
  /❌|✖|✘|⛔|🔴|🚫|:x:|:negative_squared_cross_mark:|:red_circle:|:no_entry:|\b(?:no|not|unsupported|unmaintained|eol|end[- ]of[- ]life|deprecated|discontinued)\b/iu;

/** `null` for a row of any other table. */
export function readVersionRow(passage: Passage): VersionRow | null {
  const { header = [], cells = [] } = passage;
  const versionAt = header.findIndex((cell) => VERSION_HEADER.test(cell));
  const supportAt = header.findIndex((cell, index) => index !== versionAt && SUPPORT_HEADER.test(cell));
  if (versionAt === -1 || supportAt === -1) return null;
  const words = (cells[versionAt] ?? '').trim();
  const support = cells[supportAt] ?? '';
  const endAt = header.findIndex((cell) => END_HEADER.test(cell));
  const until = findDay(endAt === -1 ? support : (cells[endAt] ?? ''));
  return {
    passage,
    words,
    range: readRange(words),
    supported: readSupport(support) ?? (until === null ? null : true),
    until,
  };
}

function readSupport(cell: string): boolean | null {
  const [yes, no] = [YES.test(cell), NO.test(cell)];
  return no ? false : yes ? true : null;
}

function readRange(words: string): VersionRow['range'] {
  const plain = words
    .replace(/[≤]/g, '<=')
    .replace(/[≥]/g, '>=')
    .replace(/\b(?:versions?|branch|release|series|line)\b/gi, '')
    .trim();
  if (/^(?:latest|current|newest|stable|main|master|head)(?: \w+)?$/i.test(plain)) return 'latest';
  if (/\b(?:others?|older|earlier|previous|all|any|everything|rest)\b/i.test(plain) && !/\d/.test(plain)) return 'rest';
  const worded = plain
    .replace(/\bv(?=\d)/gi, '')
    .replace(/\b(?:before|below|older than|less than|prior to|lower than)\s+(?=\d)/gi, '<')
    .replace(/\b(?:and|or) (?:older|below|earlier|lower)\b/gi, ' <=')
    .replace(/\b(?:and|or) (?:newer|above|later|higher|up)\b|\+$/gi, ' >=')
    .replace(/^\s*(\d[\w.-]*)\s*([<>]=)\s*$/, '$2$1')
    .replace(/(\d)\s*(?:–|—|to|through)\s*(?=\d)/g, '$1 - ');
  const range = semver.validRange(worded.replace(/\s*,\s*/g, ' || '), { loose: true });
  return range === null || worded.trim() === '' ? null : { semver: range };
}
