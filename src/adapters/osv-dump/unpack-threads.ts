/** Threads that unpack archives side by side: started when there is work, and ended with their owner. */
import { Worker } from 'node:worker_threads';
import type { UnpackedBatch, UnpackJob } from './unpack-job.ts';

export interface UnpackThreads {
  readonly count: number;
  /** Starts them now rather than with their first job. */
  start(): void;
  /** Rejects when the thread ends over it. */
  unpack(job: UnpackJob): Promise<UnpackedBatch>;
  /** Ends all of them, whatever they do. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (batch: UnpackedBatch) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** In the order of the jobs, which is that of the answers. */
  readonly waiting: Waiting[];
}

/** `entry` is the program of a thread, which calls `serveUnpacking`. */
export function createUnpackThreads(entry: URL, count: number): UnpackThreads {
  const threads: Thread[] = [];
  return {
    count,
    start: () => {
      while (threads.length < count) threads.push(startThread(entry));
    },
    unpack: (job) => {
      const thread = nextThread(threads, entry, count);
      return new Promise((resolve, reject) => {
        thread.waiting.push({ resolve, reject });
        thread.worker.postMessage(job);
      });
    },
    close: async () => {
      await Promise.all(threads.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}

/** A new one as long as there are not all of them, then the one that has least to do. */
function nextThread(threads: Thread[], entry: URL, count: number): Thread {
  const [idlest] = [...threads].sort((a, b) => a.waiting.length - b.waiting.length);
  if (idlest !== undefined && (idlest.waiting.length === 0 || threads.length >= count)) return idlest;
  const thread = startThread(entry);
  threads.push(thread);
  return thread;
}

function startThread(entry: URL): Thread {
  const worker = new Worker(entry);
  const waiting: Waiting[] = [];
  const fail = (error: Error): void => waiting.splice(0).forEach(({ reject }) => reject(error));
  worker.on('message', (batch: UnpackedBatch) => waiting.shift()?.resolve(batch));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a thread that unpacks ended with code ${code}`)));
  return { worker, waiting };
}
