/** The auditor `osv`: our own matcher over our own reading of the locks, as a second opinion and where no tool reads them. */
import type { Auditor } from '../../model/auditor.ts';
import { auditTarget } from './audit.ts';
import type { EcosystemReaders } from './audit.ts';
import { AUDITOR } from './match-packages.ts';

/** Covers every target: what is installed is read by `readers`, as the other auditors read it. */
export function createOsv(readers: EcosystemReaders): Auditor {
  return {
    name: AUDITOR,
    tools: { npm: [], PyPI: ['uv'] },
    covers: () => true,
    readInventory: (target) => readers[target.ecosystem].readInventory(target),
    audit: (target, settings) => auditTarget(target, settings, readers[target.ecosystem]),
    openPast: () =>
      new Map([
        ['npm', readers.npm.openPast()],
        ['PyPI', readers.PyPI.openPast()],
      ]),
  };
}
