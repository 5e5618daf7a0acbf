/** Finds the ignore files that lie above the audited folder, for one that is part of a larger checkout. */
import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isIgnored, readIgnoreRules, type IgnoreChain, type IgnoreFile } from './ignore-file.ts';

/**
 * The chain that applies at `root` (a real path), outermost first: `.git/info/exclude`, then every .gitignore above the
 * root up to the top of the checkout. Empty outside a checkout, and where those rules ignore the root itself: whoever
 * asks for an ignored folder wants it looked at.
 */
export async function readCheckoutIgnores(root: string): Promise<IgnoreChain> {
  const above = await foldersToCheckout(root);
  const top = above.at(-1);
  if (top === undefined) return [];
  const places = [
    { path: join(top, '.git', 'info', 'exclude'), folder: top },
    ...above
      .slice(1)
      .reverse()
      .map((folder) => ({ path: join(folder, '.gitignore'), folder })),
  ];
  const found = await Promise.all(places.map(({ path, folder }) => readOne(path, folder, root)));
  const chain = found.filter((file) => file !== null);
  return ignoresRoot(chain, root) ? [] : chain;
}

/** `root` and the folders above it, up to the one that holds `.git`; empty when none does. */
async function foldersToCheckout(root: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let at = root; ; at = dirname(at)) {
    folders.push(at);
    if (await exists(join(at, '.git'))) return folders;
    if (at === dirname(at)) return [];
  }
}

async function readOne(path: string, folder: string, root: string): Promise<IgnoreFile | null> {
  if (!(await exists(path))) return null;
  const rules = await readIgnoreRules(path);
  return rules === null ? null : { base: '.', prefix: prefixOf(folder, root), rules };
}

function prefixOf(folder: string, root: string): string {
  let prefix = '';
  for (let at = root; at !== folder; at = dirname(at)) prefix = `${basename(at)}/${prefix}`;
  return prefix;
}

function ignoresRoot(chain: IgnoreChain, root: string): boolean {
  const name = basename(root);
  const asFolder = chain
    .filter(({ prefix }) => prefix !== '')
    .map((file) => ({ ...file, prefix: file.prefix.slice(0, -(name.length + 1)) }));
  return isIgnored(asFolder, name, true);
}

async function exists(path: string): Promise<boolean> {
  try {
    const found = await lstat(path);
    return found.isFile() || found.isDirectory();
  } catch {
    return false;
  }
}
