/** Chooses among timetables: a marked one, then dependency updates, then one about nothing in particular, then reported vulnerabilities. */
import type { Candidate } from './policy-reading.ts';
import type { Timetable } from './timetable.ts';

/** All timetables, with those of the highest rank chosen. Several may be: they must then agree. */
export function chooseTimetables(timetables: readonly Timetable[]): readonly Candidate[] {
  const usable = timetables.filter((timetable) => timetable.usable && timetable.entries.length > 0);
  const best = Math.max(...usable.map(rankOf));
  return timetables.map((timetable) => ({
    ...timetable,
    chosen: usable.includes(timetable) && rankOf(timetable) === best,
  }));
}

function rankOf({ marked, area }: Timetable): number {
  if (marked) return 3;
  return area === 'dependency' ? 2 : area === 'generic' ? 1 : 0;
}
