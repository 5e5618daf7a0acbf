/** The promise that locks are committed, or that dependencies are pinned. */
import { excerpt } from '../model/text.ts';
import { broken, kept, withoutCheckout } from './evidence.ts';
import { manifestsOf, type Manifest } from './manifests.ts';
import { isAsserted, isStatement } from './wording.ts';
import type { Evidence, PromiseFacts, PromiseKind } from '../model/promise.ts';
import { LOCK_KINDS } from '../model/target.ts';

export const locksCommitted: PromiseKind = {
  name: 'locks-committed',
  title: 'Locks are committed',
  find: (passages) =>
    passages
      .filter((passage) => isStatement(passage) && PROMISED.test(passage.text) && isAsserted(passage.text))
      .map((passage) => ({
        passage,
        promise: 'every folder with packages has a lock that git tracks',
        *check(facts) {
          return judge(facts);
        },
      })),
};

const PROMISED =
  /\block ?files?\b.{0,40}\b(?:committed|checked in|tracked|in (?:git|version control|the repo))|\b(?:commit|track|check in)\w* (?:all |the |our |your )?lock ?files?\b|\b(?:all |our )?dependencies are (?:pinned|locked)\b/i;

function judge(facts: PromiseFacts): readonly Evidence[] {
  const { checkout } = facts;
  if (checkout === null) return [withoutCheckout(facts)];
  const tracked = new Set(checkout.tracked);
  return manifestsOf(facts).map((manifest) => judgeManifest(manifest, tracked, facts));
}

function judgeManifest(
  { path, ecosystem, sources }: Manifest,
  tracked: ReadonlySet<string>,
  { stated }: PromiseFacts,
): Evidence {
  const what = `${ecosystem} in ${excerpt(path)}`;
  const lock = sources.find(
    ({ kind, path: file }) => LOCK_KINDS.has(kind) || stated().some((each) => each.complete && each.file === file),
  );
  if (lock === undefined)
    return broken(`${what} has no lock`, 'Make one, and commit it.', { file: sources[0]?.path ?? path });
  return tracked.has(lock.path)
    ? kept(`git tracks ${excerpt(lock.path)}`, { file: lock.path })
    : broken(`git does not track ${excerpt(lock.path)}`, `Commit ${excerpt(lock.path)}.`, { file: lock.path });
}
