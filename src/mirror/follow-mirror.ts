/** Answers from whichever generation of an imported mirror is in force: a new one is taken up with the next request. */
import type { HttpHandler } from '../ports/http.ts';
import type { Generation, Mirror } from '../ports/mirror.ts';
import { createMirror } from './mirror.ts';
import type { MirrorOptions } from './mirror.ts';
import { refusal } from './reply.ts';

/** What stays the same from one generation to the next. */
export type FollowOptions = Omit<MirrorOptions, 'store' | 'rejected' | 'state'>;

/** 503 while there is no generation that can be read. */
export function followMirror(mirror: Mirror, options: FollowOptions): HttpHandler {
  let latest: { readonly generation: Generation; readonly handle: HttpHandler } | undefined;
  return async (request) => {
    const reading = mirror.current();
    if (reading.status === 'unavailable') return refusal(503, reading.detail);
    const { generation } = reading;
    if (latest?.generation !== generation) {
      const { store, state } = generation;
      latest = { generation, handle: createMirror({ ...options, store, state, rejected: countMalformed(generation) }) };
    }
    return await latest.handle(request);
  };
}

/** Files of the last imports that were no usable record. */
export function countMalformed({ state: { sources } }: Generation): number {
  return (sources.npm?.malformed.count ?? 0) + (sources.PyPI?.malformed.count ?? 0);
}
