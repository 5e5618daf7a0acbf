/** Recognises lines that name a place instead of a version: URLs, paths and version control. None can be audited. */
import { normalizeName } from '../../model/ecosystem.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import { excerpt } from '../../model/text.ts';
import { isName, parseDirectReference } from './requirement.ts';

const ARCHIVE = /\.(?:whl|zip|tar|tar\.gz|tgz|tar\.bz2|tbz|tar\.xz|txz)$/i;

/** The skipped package of a direct reference or a path; undefined when `text` is neither. */
export function readDirectLine(text: string): SkippedPackage | undefined {
  const named = parseDirectReference(text);
  if (named !== undefined) return { name: named.name, reason: describePlace(named.url) };
  const place = text.split(';')[0]?.trim() ?? text;
  return isPlace(place) ? { name: nameOfPlace(place), reason: describePlace(place) } : undefined;
}

/** The skipped package of `-e PLACE`: an editable install, whatever it points at. */
export function readEditable(place: string): SkippedPackage {
  return { name: nameOfPlace(place), reason: `an editable install (${describePlace(place)})` };
}

/** Why a package from `place` has no published version to ask about. */
function describePlace(place: string): string {
  if (/^(?:git|hg|svn|bzr)\+/i.test(place)) return 'it comes from version control, not from an index';
  if (/^file:/i.test(place)) return 'it comes from a local file, not from an index';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(place)) return 'it comes from a URL, not from an index';
  return 'it comes from a local path, not from an index';
}

function isPlace(text: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^(?:file:|git\+|hg\+|svn\+|bzr\+)/i.test(text)) return true;
  return (
    /^[.~/\\]/.test(text) || /^[A-Za-z]:[\\/]/.test(text) || ARCHIVE.test(text) || /^[^\s;'"<>=!]*[\\/]/.test(text)
  );
}

function nameOfPlace(place: string): string {
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(place)?.[1];
  if (egg !== undefined && isName(egg)) return normalizeName('PyPI', egg);
  // Credentials in an address are nobody's to repeat.
  return excerpt(place.replace(/\/\/[^/@\s]*@/, '//'), 80);
}
