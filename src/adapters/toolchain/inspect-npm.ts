/** Finds the real program behind an `npm` on the PATH, and its version, without starting it. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { liesInside } from '../lib/inside.ts';
import { judge, reject } from './inspection.ts';
import type { Inspection } from './inspection.ts';

const packageSchema = z.object({ name: z.literal('npm'), version: z.string() });

/**
 * Looks at a file called `npm`: a link to `npm-cli.js` or a script beside it. The command is `node npm-cli.js`, which
 * saves a shell and runs npm with the Node that runs fixby.
 */
export function inspectNpm(file: string, execPath: string, repositoryRoot: string): Inspection {
  const program = cliPlaces(file).find(isFile);
  if (program === undefined) return reject(file, 'there is no npm-cli.js behind it');
  const real = realpathSync(program);
  if (liesInside(repositoryRoot, real)) return reject(file, 'it leads into the audited repository');
  const manifest = readManifest(join(dirname(real), '..', 'package.json'));
  if (manifest === undefined) return reject(file, 'npm-cli.js does not belong to a package called npm');
  return judge('npm', file, [execPath, real], manifest.version);
}

/** Where the npm that came with a Node lies. */
export function npmBeside(execPath: string): readonly string[] {
  return cliPlaces(realpathSync(execPath)).filter(isFile);
}

function cliPlaces(file: string): readonly string[] {
  const folder = dirname(realpathSync(file));
  return [
    ...(basename(realpathSync(file)) === 'npm-cli.js' ? [file] : []),
    join(folder, 'npm-cli.js'),
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function readManifest(file: string): z.infer<typeof packageSchema> | undefined {
  try {
    return packageSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
