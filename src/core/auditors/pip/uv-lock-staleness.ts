/** Decides whether a uv.lock still says what the projects it was made for ask for. */
import { byText } from '../../model/order.ts';
import type { ProjectTable } from './project-table.ts';
import { parseDirectReference, parseRequirement } from './requirement.ts';
import type { UvLock, UvMetadata, UvRequirement } from './uv-lock-document.ts';

/**
 * One sentence for each difference between what `project` states and what the lock was made from; empty when they are
 * in step. Names and version clauses are compared; markers are not, as uv rewrites them.
 */
export function findDrift(project: ProjectTable, metadata: UvMetadata): readonly string[] {
  const stated = [...project.dependencies, ...[...project.optional.values()].flat()];
  const groups = [...new Set([...project.groups.keys(), ...metadata.groups.keys()])];
  const dependencies = compare(project, stated, metadata.requires, 'its dependencies');
  return [
    // What is computed when the project is built cannot be compared without building it.
    ...(project.dynamic.length > 0 ? [] : dependencies),
    ...groups.flatMap((group) =>
      compare(project, project.groups.get(group) ?? [], metadata.groups.get(group) ?? [], `the group ${group}`),
    ),
  ];
}

/** The same for what `[tool.uv]` of the lock's root holds every project to. */
export function findRootDrift(root: ProjectTable, lock: UvLock): readonly string[] {
  return [
    ...compare(root, root.constraints, lock.constraints, 'tool.uv.constraint-dependencies'),
    ...compare(root, root.overrides, lock.overrides, 'tool.uv.override-dependencies'),
  ];
}

function compare(
  project: ProjectTable,
  stated: readonly string[],
  locked: readonly UvRequirement[],
  where: string,
): readonly string[] {
  const asked = new Set(stated.map((entry) => keyOfStated(entry, project)));
  const known = new Set(locked.map(keyOfLocked));
  return [
    ...[...asked].filter((key) => !known.has(key)).map((key) => `${where}: ${key} is asked for and not locked so`),
    ...[...known].filter((key) => !asked.has(key)).map((key) => `${where}: ${key} is locked and not asked for so`),
  ];
}

// What comes from a place (git, path, URL) is locked by its name alone.
function keyOfStated(entry: string, project: ProjectTable): string {
  const requirement = parseRequirement(entry);
  if (requirement === undefined) return parseDirectReference(entry)?.name ?? entry;
  const place = project.places.get(requirement.name) ?? 'index';
  return place === 'index' ? keyOf(requirement.name, requirement.specifier) : requirement.name;
}

function keyOfLocked({ name, specifier }: UvRequirement): string {
  return keyOf(name, parseRequirement(`${name}${specifier}`)?.specifier ?? specifier);
}

function keyOf(name: string, specifier: string): string {
  return `${name}${specifier.split(',').sort(byText).join(',')}`;
}
