/** The auditor `osv`: our own matcher over our own reading of the locks, as a second opinion and where no tool reads them. */
import type { Auditor } from '../../model/auditor.ts';
import { npmAudit } from '../npm/index.ts';
import { pipAudit } from '../pip/index.ts';
import { openNpmPast } from '../npm/past.ts';
import { openPipPast } from '../pip/past.ts';
import { auditTarget } from './audit.ts';
import { AUDITOR } from './match-packages.ts';

/** Covers every target: what is installed is read here as the other auditors read it. */
export const osv: Auditor = {
  name: AUDITOR,
  tools: ['uv'],
  covers: () => true,
  readInventory: (target) => (target.ecosystem === 'npm' ? npmAudit : pipAudit).readInventory(target),
  audit: auditTarget,
  openPast: () =>
    new Map([
      ['npm', openNpmPast()],
      ['PyPI', openPipPast()],
    ]),
};
