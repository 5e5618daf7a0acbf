/** Reads the workspace patterns pnpm keeps in pnpm-workspace.yaml. */
import { parse } from 'yaml';
import * as z from 'zod';
import type { FileRead } from '../model/file.ts';

const schema = z.object({ packages: z.array(z.string()) });

/** Never throws; a file that is missing or no such document names no members. https://pnpm.io/pnpm-workspace_yaml */
export function readPnpmWorkspace(file: FileRead): readonly string[] {
  if (file.status !== 'ok') return [];
  const parsed = schema.safeParse(parseYaml(file.text));
  return parsed.success ? parsed.data.packages : [];
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
