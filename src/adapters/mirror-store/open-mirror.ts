/** Opens the imported mirror in a folder for reading, and follows it from generation to generation. */
import { excerpt } from '../../core/model/text.ts';
import type { Generation, Mirror, MirrorReading } from '../../ports/mirror.ts';
import { messageOf } from '../lib/message-of.ts';
import { DATA, layoutOf, pointerMark, readPointer, readState } from './layout.ts';
import type { Layout } from './layout.ts';
import { readDay, readScore } from './feed-rows.ts';
import { storedAdvisories } from './stored-advisories.ts';
import { openTables } from './tables.ts';
import type { Tables } from './tables.ts';

interface Opened {
  readonly mark: string;
  readonly reading: MirrorReading;
  readonly tables?: Tables;
}

/** `path` is absolute. Nothing is opened, and nothing is wrong, before the first `current`. */
export function openMirror(path: string): Mirror {
  const layout = layoutOf(path);
  const opened: Tables[] = [];
  let latest: Opened | undefined;
  return {
    path,
    current: () => {
      const mark = markOf(layout);
      if (latest?.mark !== mark) {
        latest = openLatest(layout, mark);
        if (latest.tables !== undefined) opened.unshift(latest.tables);
        // The one before stays open for answers that are under way; an older one would only keep its disk space.
        for (const old of opened.splice(2)) void old.close();
      }
      return latest.reading;
    },
    close: async () => {
      await Promise.all(opened.splice(0).map((tables) => tables.close()));
      latest = undefined;
    },
  };
}

function markOf(layout: Layout): string {
  try {
    return pointerMark(layout);
  } catch {
    return 'unreadable';
  }
}

/** An import that ends while this looks may take away the generation it was pointed to: then the pointer has changed. */
function openLatest(layout: Layout, mark: string): Opened {
  try {
    const number = readPointer(layout);
    if (number === null) return { mark, reading: nothingThere(layout) };
    return { mark, ...openGeneration(layout.generation(number)) };
  } catch (error) {
    const now = markOf(layout);
    return now === mark ? { mark, reading: unreadable(layout, error) } : openLatest(layout, now);
  }
}

function openGeneration(folder: string): Omit<Opened, 'mark'> {
  const state = readState(folder);
  const tables = openTables(folder, 'read');
  const generation: Generation = {
    state,
    store: storedAdvisories(tables, state),
    exploited: (cve) => readDay(cve, tables.exploited.get(cve)),
    score: (cve) => readScore(cve, tables.scores.get(cve)),
  };
  return { tables, reading: { status: 'open', generation } };
}

function nothingThere({ root }: Layout): MirrorReading {
  return {
    status: 'unavailable',
    detail: `there is no mirror in ${excerpt(root)}`,
    mend: 'Run `fixby mirror import npm PyPI` with that folder as --mirror.',
  };
}

function unreadable({ root }: Layout, error: unknown): MirrorReading {
  return {
    status: 'unavailable',
    detail: `the mirror in ${excerpt(root)} cannot be read: ${excerpt(messageOf(error))}`,
    mend: `Import again. If that fails too, remove ${excerpt(root)} (its ${DATA} is made from the published dumps alone) and import.`,
  };
}
