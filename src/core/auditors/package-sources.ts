/** Says where the packages of each ecosystem come from, so that a registry can be asked about more than advisories. */
import type { AuditSettings } from '../model/auditor.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import type { PackageSourceAnswer } from '../model/package-releases.ts';
import type { Program } from '../model/program.ts';
import { findNpmSource } from './npm/package-source.ts';
import { findPythonSource } from './pip/package-source.ts';

const FINDERS: Readonly<Record<Ecosystem, (settings: AuditSettings) => Program<PackageSourceAnswer>>> = {
  npm: findNpmSource,
  PyPI: findPythonSource,
};

/** What the settings name, else what the ecosystem's own tool is configured for: no address is known here. */
export function findPackageSource(ecosystem: Ecosystem, settings: AuditSettings): Program<PackageSourceAnswer> {
  return FINDERS[ecosystem](settings);
}
