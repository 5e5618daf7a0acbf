/** The side of a thread that unpacks: takes one job after another until nobody listens. */
import type { MessagePort } from 'node:worker_threads';
import type { OsvRecord } from '../../core/model/advisory.ts';
import type { RecordIndex } from '../../ports/mirror.ts';
import { unpackAll } from './unpack-job.ts';
import type { UnpackJob } from './unpack-job.ts';

/** `port` leads to who started the thread; `index` says what an index keeps of a record. */
export function serveUnpacking(port: MessagePort, index: (record: OsvRecord) => RecordIndex): void {
  port.on('message', (job: UnpackJob) => {
    const batch = unpackAll(job, index);
    port.postMessage(batch, [batch.bytes.buffer]);
  });
}
