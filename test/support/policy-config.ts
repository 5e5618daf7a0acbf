/** A configuration that says nothing about the policy. */
import type { PolicyConfig } from '../../src/core/model/config.ts';

export const noOverrides: PolicyConfig = {
  windows: {},
  noFix: 'pause',
  clock: 'act',
  unknownSeverity: 'high',
  timeZone: 'UTC',
  holidays: [],
  source: null,
};
