/** Reads from a pyproject.toml only what discovery asks: where it states packages, and which folders it holds together. */
import { parse } from 'smol-toml';
import * as z from 'zod';
import type { FileRead } from '../model/file.ts';
import { excerpt } from '../model/text.ts';
import { statesSomething } from './package-json.ts';

const texts = z.array(z.string()).optional();
const stated = z.unknown().optional();
const table = z.record(z.string(), z.unknown()).optional();

const hatchEnvironment = z.object({ dependencies: stated, 'extra-dependencies': stated });

const schema = z.object({
  project: z.object({ dependencies: stated, 'optional-dependencies': stated, dynamic: texts }).optional(),
  'dependency-groups': stated,
  tool: z
    .object({
      poetry: z
        .object({
          dependencies: table,
          'dev-dependencies': stated,
          group: stated,
        })
        .optional(),
      pdm: z.object({ 'dev-dependencies': stated }).optional(),
      rye: z.object({ 'dev-dependencies': stated }).optional(),
      flit: z.object({ metadata: z.object({ requires: stated, 'requires-extra': stated }).optional() }).optional(),
      pixi: z.object({ dependencies: table, 'pypi-dependencies': table, feature: stated, target: stated }).optional(),
      hatch: z.object({ envs: z.record(z.string(), hatchEnvironment).optional() }).optional(),
      uv: z
        .object({ 'dev-dependencies': stated, workspace: z.object({ members: texts, exclude: texts }).optional() })
        .optional(),
    })
    .optional(),
});

type Document = z.infer<typeof schema>;

export type Pyproject =
  | {
      readonly readable: true;
      /** There is a `[project]` table, which then says where the packages are stated. */
      readonly hasProject: boolean;
      /** Dependencies are computed by the build, which is never run. */
      readonly isDynamic: boolean;
      /** `[project]` or `[dependency-groups]` states packages. */
      readonly statesPackages: boolean;
      /** Tables of `[tool]` that state packages no standard covers, such as `tool.poetry`. */
      readonly foreignTables: readonly string[];
      /** Patterns of the folders of its uv workspace, what it excludes as negations last. */
      readonly workspaces: readonly string[];
    }
  | { readonly readable: false; readonly detail: string };

/** Whether a project may need packages, wherever it states them. */
export function mayAskForPackages(pyproject: Pyproject | undefined): boolean {
  if (pyproject?.readable !== true) return false;
  return pyproject.statesPackages || pyproject.isDynamic || pyproject.foreignTables.length > 0;
}

/** Never throws. https://packaging.python.org/en/latest/specifications/pyproject-toml/ */
export function readPyproject(file: FileRead): Pyproject {
  if (file.status !== 'ok') return { readable: false, detail: file.detail };
  const document = parseToml(file.text);
  if (document === undefined) return { readable: false, detail: `it is no TOML document: ${excerpt(file.text, 40)}` };
  const parsed = schema.safeParse(document);
  if (!parsed.success)
    return { readable: false, detail: `it is not of the form of a pyproject.toml: ${wrongPlace(parsed.error)}` };
  const { project, 'dependency-groups': groups, tool } = parsed.data;
  const tables = [project?.dependencies, project?.['optional-dependencies'], groups];
  return {
    readable: true,
    hasProject: project !== undefined,
    isDynamic: (project?.dynamic ?? []).some((field) => field.endsWith('dependencies')),
    statesPackages: tables.some(statesSomething),
    foreignTables: foreignTables(parsed.data),
    workspaces: workspacePatterns(tool?.uv?.workspace),
  };
}

function foreignTables({ project, tool }: Document): readonly string[] {
  const { dependencies = {}, 'dev-dependencies': dev, group } = tool?.poetry ?? {};
  const ofPoetry = Object.keys(dependencies).filter((name) => name !== 'python');
  // Beside `project.dependencies` Poetry's own table only says where those come from.
  const main = statesSomething(project?.dependencies) ? [] : ofPoetry;
  const hatchEnvironments = Object.values(tool?.hatch?.envs ?? {});
  const tables: readonly (readonly [string, readonly unknown[]])[] = [
    ['tool.poetry', [main, dev, group]],
    ['tool.pdm', [tool?.pdm?.['dev-dependencies']]],
    ['tool.rye', [tool?.rye?.['dev-dependencies']]],
    ['tool.flit.metadata', [tool?.flit?.metadata?.requires, tool?.flit?.metadata?.['requires-extra']]],
    ['tool.pixi', ofPixi(tool?.pixi)],
    ['tool.hatch.envs', hatchEnvironments.flatMap((each) => [each.dependencies, each['extra-dependencies']])],
    ['tool.uv', [tool?.uv?.['dev-dependencies']]],
  ];
  return tables.filter(([, stated]) => stated.some(statesSomething)).map(([name]) => name);
}

/** Neither Python itself nor the project, which pixi lists as an editable package, is a package to look at. */
function ofPixi(pixi: NonNullable<Document['tool']>['pixi']): readonly unknown[] {
  const { dependencies = {}, 'pypi-dependencies': fromPyPI = {}, feature, target } = pixi ?? {};
  const foreign = Object.entries(fromPyPI).filter(([, from]) => !isItself(from));
  return [Object.keys(dependencies).filter((name) => name !== 'python'), foreign, feature, target];
}

function isItself(from: unknown): boolean {
  return typeof from === 'object' && from !== null && 'path' in from && from.path === '.';
}

function workspacePatterns(
  workspace: { readonly members?: string[] | undefined; readonly exclude?: string[] | undefined } | undefined,
): readonly string[] {
  if (workspace === undefined) return [];
  return [...(workspace.members ?? []), ...(workspace.exclude ?? []).map((pattern) => `!${pattern}`)];
}

function wrongPlace({ issues }: z.ZodError): string {
  return excerpt(issues[0]?.path.join('.') ?? '', 60);
}

function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
