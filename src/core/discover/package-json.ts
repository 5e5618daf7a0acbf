/** Reads from a package.json only what discovery asks: does it state packages, and which folders are its workspaces. */
import * as z from 'zod';
import type { FileRead } from '../model/file.ts';
import { excerpt } from '../model/text.ts';
import { parseJson } from '../model/json.ts';

const patterns = z.array(z.string());

const schema = z.looseObject({
  dependencies: z.unknown().optional(),
  devDependencies: z.unknown().optional(),
  optionalDependencies: z.unknown().optional(),
  peerDependencies: z.unknown().optional(),
  workspaces: z
    .union([patterns, z.object({ packages: patterns }).transform(({ packages }) => packages)])
    .optional()
    .catch(undefined),
});

export type PackageJson =
  | { readonly readable: true; readonly hasDependencies: boolean; readonly workspaces: readonly string[] }
  | { readonly readable: false; readonly detail: string };

/** Never throws. A dependency table of a wrong shape counts as stating packages: it cannot be shown to state none. */
export function readPackageJson(file: FileRead): PackageJson {
  if (file.status !== 'ok') return { readable: false, detail: file.detail };
  const parsed = schema.safeParse(parseJson(file.text));
  if (!parsed.success) return { readable: false, detail: `it is no JSON object: ${excerpt(file.text, 40)}` };
  const { dependencies, devDependencies, optionalDependencies, peerDependencies, workspaces = [] } = parsed.data;
  const tables = [dependencies, devDependencies, optionalDependencies, peerDependencies];
  return { readable: true, hasDependencies: tables.some(statesSomething), workspaces };
}

/** Whether a table read from a manifest names anything; what is no table might. */
export function statesSomething(table: unknown): boolean {
  if (table === undefined || table === null) return false;
  return typeof table !== 'object' || Object.keys(table).length > 0;
}
