/** A small fixby with a watchdog over four processes, of which one is over and one begins at a word; prints their numbers. */
import { spawn } from 'node:child_process';
import { createWatchdog } from '../../src/adapters/lib/watchdog.ts';

const folders = process.argv.slice(2);
const watchdog = createWatchdog(process);

function begin(folder?: string): { readonly leader: number; readonly dismiss: () => void } {
  const leader = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).pid ?? 0;
  return { leader, dismiss: watchdog.watch(leader, folder) };
}

const over = begin();
const watched = [begin(folders[0]), begin()];
over.dismiss();
process.stdout.write(`${JSON.stringify([over, ...watched].map((each) => each.leader))}\n`);
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify([begin(folders[1]).leader])}\n`));
