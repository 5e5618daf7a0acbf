/** Reads `.fixby/config.yaml`: all of it, or every reason why it cannot be used. */
import { readSettings } from '../document/read-settings.ts';
import type { SettingsFile } from '../document/read-settings.ts';
import type { FileProblem } from '../document/file-problem.ts';
import { configSchema } from './config-schema.ts';
import { toConfig } from './to-config.ts';
import type { Config } from '../model/config.ts';

/** A configuration file that was read. */
export interface ConfigFile extends SettingsFile {
  readonly sha256: string;
}

export type ConfigReading =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** The configuration of `file`, or the defaults when there is none. Problems come in the order of their places. */
export function readConfig(file: ConfigFile | null): ConfigReading {
  if (file === null) return { ok: true, config: toConfig({}, null) };
  const reading = readSettings(file, configSchema, { code: 'config', name: 'the configuration' });
  if (!reading.ok) return reading;
  return {
    ok: true,
    config: toConfig(reading.value, { file: file.path, sha256: file.sha256, lineOf: reading.lineOf }),
  };
}
