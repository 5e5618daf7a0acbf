/** Says in lines what a mirror holds and how old it is. */
import { ageOf, heldSources } from '../../core/model/mirror.ts';
import type { MirrorState } from '../../core/model/mirror.ts';

const HOUR_MS = 3_600_000;

/** `stale` sources are marked. */
export function describeMirror(state: MirrorState, now: string, stale: readonly string[]): readonly string[] {
  const { generation, checksum, createdAt, summary } = state;
  return [
    `generation ${generation} of ${createdAt}, checksum ${checksum}`,
    `${summary.records} records, ${summary.withdrawn} withdrawn, ${summary.unreadable.length} with a range that cannot be read`,
    ...heldSources(state).map(([name, source]) => {
      const mark = stale.includes(name) ? '✖' : '✔';
      const malformed = source.malformed.count === 0 ? '' : `, ${source.malformed.count} files malformed`;
      return `${mark} ${name.padEnd(5)} ${source.entries} entries, ${describeAge(ageOf(source, now))} old${malformed}, from ${source.from.join(', ')}`;
    }),
  ];
}

/** `3 hours`, `2 days`: as much as a reader needs. */
export function describeAge(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 1) return 'less than an hour';
  const [amount, unit] = hours < 72 ? [hours, 'hour'] : [Math.floor(hours / 24), 'day'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
