/** Removes a folder whatever a tool left in it. */
import { chmodSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

const OPTIONS = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 };

/** Removes `folder` and everything below it, read-only folders too; links are removed, not followed. Throws if it stays. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, OPTIONS);
  } catch {
    makeWritable(folder);
    rmSync(folder, OPTIONS);
  }
}

/** The same beside other work: an auditor's cache is thousands of files. */
export async function removeFolderBeside(folder: string): Promise<void> {
  try {
    await rm(folder, OPTIONS);
  } catch {
    makeWritable(folder);
    await rm(folder, OPTIONS);
  }
}

function makeWritable(folder: string): void {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) makeWritable(join(folder, name));
}
