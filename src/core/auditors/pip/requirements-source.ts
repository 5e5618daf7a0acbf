/** Reads a `requirements*.txt` source: one unit to resolve, or pins where pip itself demands that everything is pinned. */
import type { Program } from '../../model/program.ts';
import { readRequirements, type RequirementsReading } from './read-requirements.ts';
import { EMPTY_READING, type Pin, type SourceReading, type Stated, type Unit } from './reading.ts';
import { refuseFile } from './refuse-file.ts';
import { exactVersion } from './requirement.ts';
import { scopeOfFile } from '../../model/file-scope.ts';

/** Reads the file and its includes. Constraints alone install nothing. */
export function* readRequirementsSource(path: string): Program<SourceReading> {
  const reading = yield* readRequirements(path);
  if (reading.failure !== undefined) return refuseFile(path, reading.failure);
  const unit = unitOf(path, reading);
  const { skipped, options, files } = reading;
  const base = { ...EMPTY_READING, skipped, options, files };
  if (unit.requirements.length === 0) return base;
  if (!isClosed(unit)) return { ...base, units: [unit] };
  const note = `${path} pins everything with hashes: its own versions were audited, nothing was resolved.`;
  return { ...base, pins: pinAll(unit), notes: [note] };
}

function unitOf(path: string, { requirements, constraints }: RequirementsReading): Unit {
  return { label: path, file: path, scope: scopeOfFile(path), requirements, constraints };
}

// With hashes on every line pip refuses whatever is not listed, so the list is the whole of what gets installed.
// https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode
function isClosed({ requirements }: Unit): boolean {
  return requirements.every((stated) => stated.hashed && exactVersion(stated.requirement.specifier) !== undefined);
}

/** The exact pins among the requirements of a unit, as packages. */
export function pinAll(unit: Unit): readonly Pin[] {
  return unit.requirements.flatMap((stated) => pinOf(stated, unit) ?? []);
}

function pinOf({ requirement, file, line }: Stated, unit: Unit): Pin | undefined {
  const version = exactVersion(requirement.specifier);
  if (version === undefined) return undefined;
  const where = line === undefined ? { file } : { file, line };
  return { name: requirement.name, version, scope: unit.scope, direct: true, requires: [], ...where };
}
