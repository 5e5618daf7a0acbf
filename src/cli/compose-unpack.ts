/** Where a thread that unpacks archives starts: wires the unpacking to what the index of a mirror keeps of a record. */
import { parentPort } from 'node:worker_threads';
import { serveUnpacking } from '../adapters/osv-dump/unpack-thread.ts';
import { indexRecord } from '../mirror/import/index-record.ts';

if (parentPort !== null) serveUnpacking(parentPort, indexRecord);
