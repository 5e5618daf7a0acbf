/** The list of auditors: a new one is a folder beside this file and a line here. */
import type { Auditor } from '../model/auditor.ts';
import { npmAudit } from './npm/index.ts';
import { pipAudit } from './pip/index.ts';

export const auditors: readonly Auditor[] = [npmAudit, pipAudit];
