/** Finds the releases that carried an occurrence of the past: from the line of commits, or from the tagged files beside it. */
import type { Occurrence } from '../core/history/occurrences.ts';
import type { Question } from '../core/history/question.ts';
import type { PastFile } from '../core/model/past.ts';
import type { Release } from '../core/model/release.ts';
import type { LocatedFile } from '../core/history/past-tree.ts';
import type { History } from '../ports/history.ts';
import type { Past } from './read-past.ts';

/** Tags of an occurrence's target whose files carried it, oldest first. */
export type CarriersOf = (occurrence: Occurrence, question: Question) => readonly string[];

/** Reads the files of tags that are not on the line of commits; of those that are, the line tells. */
export async function findPastCarriers(
  past: Past,
  releases: readonly Release[],
  history: History,
): Promise<CarriersOf> {
  const positions = new Map(past.commits.map(({ id }, position) => [id, position]));
  const beside = releases.filter(({ commit }) => !positions.has(commit));
  const tagged = await readTagged(past, beside, history);
  return (occurrence, question) =>
    releases.flatMap((release) => {
      const position = positions.get(release.commit);
      const carried =
        position === undefined
          ? (tagged.get(release.commit)?.(occurrence.target, question) ?? false)
          : position >= occurrence.start && (occurrence.end === undefined || position < occurrence.end.commit);
      return carried ? [release.tag] : [];
    });
}

type Carried = (target: string, question: Question) => boolean;

async function readTagged(
  past: Past,
  releases: readonly Release[],
  history: History,
): Promise<ReadonlyMap<string, Carried>> {
  const places = [...new Map(past.files.map((file) => [file.source.path, file])).values()];
  const wanted = new Map<string, { readonly commit: string; readonly located: LocatedFile }>();
  for (const { commit } of releases) {
    for (const located of places) {
      const path = past.topPath(located.source.path);
      // A path with a line end cannot be asked for by name.
      if (!path.includes('\n')) wanted.set(`${commit}:${path}`, { commit, located });
    }
  }
  const files = new Map<string, [LocatedFile, PastFile][]>();
  for await (const blob of history.readBlobs([...wanted.keys()])) {
    const place = wanted.get(blob.id);
    const file = place === undefined || blob.status === 'unreadable' ? null : past.readText(place.located, blob.text);
    if (place !== undefined && file !== null) {
      files.set(place.commit, [...(files.get(place.commit) ?? []), [place.located, file]]);
    }
  }
  return new Map([...files].map(([commit, there]) => [commit, carriedIn(there, past)]));
}

/** Files that only others include count for every target: which one includes them at that tag is not worth a second reading. */
function carriedIn(files: readonly (readonly [LocatedFile, PastFile])[], { world }: Past): Carried {
  return (target, question) => {
    const { ecosystem, package: name } = question;
    const here = files.filter(([located]) => located.ecosystem === ecosystem && (located.target ?? target) === target);
    const chosen = new Set(
      world
        .choose(
          ecosystem,
          here.map(([{ source }]) => source),
        )
        .map(({ path }) => path),
    );
    return here.some(
      ([{ source }, file]) =>
        chosen.has(source.path) &&
        file.statements.some((statement) => statement.name === name && question.hear(statement) === 'carries'),
    );
  };
}
