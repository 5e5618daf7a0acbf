/** Answers npm's question for a package's metadata from what the mirror knows by itself. */
import { blocksOf } from '../core/match/affected.ts';
import { canonicalBound, compareVersions } from '../core/match/version.ts';
import type { AdvisoryStore } from '../ports/advisory-store.ts';
import type { HttpResponse } from '../ports/http.ts';
import { json, refusal } from './reply.ts';

/**
 * A packument of the versions that records speak of: enough for npm to see which dependents can move to a fixed version.
 * An installed version is left out on purpose. For a version that a packument holds npm takes the dependencies from there,
 * and the mirror has none to give; for one it does not hold npm takes them from the lock, which is what the audit is about.
 * A package no record speaks of is unknown here, and npm falls back to the lock in the same way.
 */
export function answerPackument(store: AdvisoryStore, name: string): HttpResponse {
  const versions = [...new Set(stated(store, name))].sort((a, b) => compareVersions('npm', a, b));
  if (versions.length === 0) return refusal(404, 'this mirror knows nothing of that package');
  const latest = versions.findLast((version) => !version.includes('-')) ?? versions.at(-1);
  return json(200, {
    name,
    'dist-tags': { latest },
    versions: Object.fromEntries(versions.map((version) => [version, { name, version, dist: {} }])),
  });
}

/** Every version that a record names for the package, as a bound or in its list. */
function stated(store: AdvisoryStore, name: string): readonly string[] {
  const blocks = store.byPackage('npm', name).flatMap(({ record }) => blocksOf(record, 'npm', name));
  const events = blocks.flatMap(({ ranges }) => ranges ?? []).filter(({ type }) => type !== 'GIT');
  const bounds = events.flatMap((range) => range.events.flatMap((event) => Object.values(event)));
  return [...bounds, ...blocks.flatMap(({ versions }) => versions ?? [])].flatMap((text) =>
    text === undefined || text === '0' ? [] : (canonicalBound('npm', text) ?? []),
  );
}
