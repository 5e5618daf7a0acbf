/** Decides what the installation of the managed tools sees: the operator's own pip settings, nothing of the repository. */
import { delimiter, isAbsolute } from 'node:path';
import type { Environment } from '../lib/environment.ts';
import { liesInside } from '../lib/inside.ts';
import type { Operator } from '../lib/operator.ts';

// What would steer an interpreter, or turn a pinned installation into another one or another place.
const STEERING = /^(?:PYTHON|VIRTUAL_ENV|CONDA|NODE_|npm_|PIP_AUDIT_|__PYVENV)/i;
const PIP_STEERING =
  /^PIP_(?:USER|TARGET|PREFIX|ROOT|SRC|DRY_RUN|REPORT|PYTHON|PLATFORM|ABI|IMPLEMENTATION|REQUIREMENTS?|CONSTRAINTS?|BUILD_CONSTRAINTS?|EDITABLE|NO_DEPS|NO_BINARY|ONLY_BINARY|IGNORE_INSTALLED|UPGRADE|PRE|REQUIRE_HASHES|REQUIRE_VIRTUALENV|QUIET|VERBOSE|LOG)$/i;

/** The operator's environment as pip may see it: indexes, credentials, proxies and certificates are kept. */
export function installEnvironment(operator: Operator): Environment {
  const kept = Object.entries(operator.variables).flatMap(([name, value]) =>
    value === undefined || STEERING.test(name) || PIP_STEERING.test(name) ? [] : [[name, value] as const],
  );
  const env = { ...Object.fromEntries(kept), PATH: operator.folders.join(delimiter), PIP_NO_INPUT: '1' };
  const { PIP_CONFIG_FILE: config, ...rest } = env as Record<string, string>;
  const trusted = config !== undefined && isAbsolute(config) && !liesInside(operator.repositoryRoot, config);
  return trusted ? { ...rest, PIP_CONFIG_FILE: config } : rest;
}
