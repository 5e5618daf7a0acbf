/** Removes a folder whatever a tool left in it. */
import { chmodSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes `folder` and everything below it, read-only folders too; links are removed, not followed. Throws if it stays. */
export function removeFolder(folder: string): void {
  const options = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 };
  try {
    rmSync(folder, options);
  } catch {
    makeWritable(folder);
    rmSync(folder, options);
  }
}

function makeWritable(folder: string): void {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) makeWritable(join(folder, name));
}
