/** What the operator (never the audited repository) lets the tools know: variables and trusted configuration files. */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Host, Variables } from './host.ts';
import { isInside, liesInside, realPath } from './inside.ts';
import { trustedFolders } from './search-path.ts';

/** The operator's surroundings, read once a run. `notes` say in sentences what was left out and why. */
export interface Operator {
  readonly variables: Variables;
  readonly home: string;
  readonly repositoryRoot: string;
  readonly platform: string;
  /** Trusted folders of PATH. */
  readonly folders: readonly string[];
  readonly npm: NpmTrust;
  readonly notes: readonly string[];
}

/** How far the operator's npm settings can be trusted. */
export interface NpmTrust {
  /** Absent when there is none outside the audited repository. */
  readonly userConfig?: string;
  readonly globalConfig?: string;
  /** Variables that those files name as `${NAME}`. */
  readonly referenced: readonly string[];
  /** Those files name the home folder, so npm must see the real one. */
  readonly usesHome: boolean;
  /** False when `npm_config_*` variables hold the audited project's own .npmrc. */
  readonly variablesTrusted: boolean;
}

/** Reads the operator's surroundings. A file that cannot be read counts as empty. */
export function readOperator(variables: Variables, home: string, repositoryRoot: string, host: Host): Operator {
  const notes: string[] = [];
  const userConfig = trustedConfig('userconfig', join(home, '.npmrc'), variables, repositoryRoot, notes);
  const named = npmSetting(variables, 'globalconfig');
  const fallback = join(dirname(dirname(host.execPath)), 'etc', 'npmrc');
  const globalConfig = trustedConfig('globalconfig', fallback, variables, repositoryRoot, notes);
  const text = [userConfig, globalConfig].map((file) => (file === undefined ? '' : readText(file))).join('\n');
  const variablesTrusted = !carriesProjectSettings(variables, repositoryRoot);
  if (!variablesTrusted) {
    notes.push(
      'fixby was started by a package script of the audited project, so the npm_config_* variables were ignored: they repeat its .npmrc.',
    );
  }
  return {
    variables,
    home,
    repositoryRoot,
    platform: host.platform,
    folders: trustedFolders(variables['PATH'] ?? variables['Path'] ?? '', repositoryRoot),
    npm: {
      ...(userConfig === undefined ? {} : { userConfig }),
      ...(globalConfig === undefined || named === undefined ? {} : { globalConfig }),
      referenced: referencedNames(text),
      usesHome: /\$\{HOME\??\}|=\s*["']?~\//.test(text),
      variablesTrusted,
    },
    notes,
  };
}

/** The value of an `npm_config_*` variable in any spelling npm takes; absent when it is not set. */
export function npmSetting(variables: Variables, key: string): string | undefined {
  const name = Object.keys(variables).find((candidate) => npmKey(candidate) === key);
  return name === undefined ? undefined : variables[name];
}

/**
 * The setting a variable stands for (`NPM_CONFIG_HTTPS_PROXY` → `https-proxy`), or `undefined` when it is none.
 * Addresses and scopes keep their spelling: https://docs.npmjs.com/cli/using-npm/config#environment-variables
 */
export function npmKey(variable: string): string | undefined {
  const match = /^npm_config_(.+)$/i.exec(variable);
  if (match?.[1] === undefined) return undefined;
  return match[1].startsWith('//') ? match[1] : match[1].replace(/(?!^)_/g, '-').toLowerCase();
}

function trustedConfig(
  key: string,
  fallback: string,
  variables: Variables,
  repositoryRoot: string,
  notes: string[],
): string | undefined {
  const file = npmSetting(variables, key) ?? fallback;
  if (isAbsolute(file) && !liesInside(repositoryRoot, file)) return file;
  notes.push(`npm's ${key} file was ignored: it lies inside the audited repository.`);
  return undefined;
}

function carriesProjectSettings(variables: Variables, repositoryRoot: string): boolean {
  const prefix = variables['npm_config_local_prefix'];
  if (prefix === undefined) return variables['npm_lifecycle_event'] !== undefined;
  return liesInside(repositoryRoot, prefix) || isInside(realPath(prefix), realPath(repositoryRoot));
}

function referencedNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\$\{([^${}?\s]+)\??\}/g)].map((match) => match[1] ?? ''))];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
