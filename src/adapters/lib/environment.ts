/** Decides which variables a tool gets: an allow-list, because every variable left in can blind or redirect an audit. */
import { delimiter, isAbsolute, join } from 'node:path';
import type { ToolName } from '../../core/model/program.ts';
import { liesInside } from './inside.ts';
import { npmKey } from './operator.ts';
import type { Operator } from './operator.ts';

/** The private folders a tool is given instead of the operator's. */
export interface PrivateFolders {
  readonly home: string;
  readonly temp: string;
  readonly cache: string;
}

/** A complete environment: nothing is inherited besides. */
export type Environment = Readonly<Record<string, string>>;

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const CERTIFICATES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'];
const WINDOWS = [
  'SystemRoot',
  'SystemDrive',
  'windir',
  'ComSpec',
  'PATHEXT',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
];

// What says where the registry is and how to reach and greet it; nothing that changes what is asked or answered.
const NPM_SETTINGS = new Set(['registry', 'cafile', 'ca', 'cert', 'key', 'proxy', 'https-proxy', 'noproxy']);
const NPM_CREDENTIAL = /^\/\/.+:(?:_authToken|_auth|username|_password|certfile|keyfile)$/i;
const NPM_SCOPE = /^@[^:]+:registry$/i;
// A .npmrc may name any variable; these would steer the interpreter itself.
const NEVER =
  /^(?:NODE_(?:OPTIONS|ENV|PATH|COMPILE_CACHE|TLS_REJECT_UNAUTHORIZED)$|LD_|DYLD_|PYTHON|npm_(?:config|lifecycle|package)_)/i;

/** The environment of one tool. Only what the operator set outside the audited repository gets in. */
export function allowedEnvironment(operator: Operator, tool: ToolName, folders: PrivateFolders): Environment {
  const own = tool === 'npm' ? npmVariables(operator, folders) : pythonVariables(operator, folders);
  return { ...commonVariables(operator, folders), ...own, ...(tool === 'pip-audit' ? netrc(operator) : {}) };
}

function commonVariables(operator: Operator, { home, temp, cache }: PrivateFolders): Environment {
  return {
    ...pick(operator, PROXIES),
    ...pickFiles(operator, CERTIFICATES),
    ...(operator.platform === 'win32' ? windowsVariables(operator, home) : {}),
    PATH: operator.folders.join(delimiter),
    HOME: home,
    TMPDIR: temp,
    TMP: temp,
    TEMP: temp,
    XDG_CACHE_HOME: cache,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
}

function windowsVariables(operator: Operator, home: string): Environment {
  return { ...pick(operator, WINDOWS), USERPROFILE: home, APPDATA: home, LOCALAPPDATA: home };
}

function npmVariables(operator: Operator, folders: PrivateFolders): Environment {
  const { userConfig, globalConfig, referenced, usesHome, variablesTrusted } = operator.npm;
  const settings = variablesTrusted ? Object.keys(operator.variables).filter(isNpmConnection) : [];
  return {
    ...pick(
      operator,
      referenced.filter((name) => !NEVER.test(name) && !isOurs(name)),
    ),
    ...pick(operator, settings),
    npm_config_userconfig: userConfig ?? join(folders.home, '.npmrc'),
    ...(globalConfig === undefined ? {} : { npm_config_globalconfig: globalConfig }),
    ...(usesHome ? { HOME: operator.home } : {}),
    npm_config_cache: join(folders.cache, 'npm'),
    // Over the operator's own .npmrc too: a registry that proves nothing could be anyone, and answer that all is well.
    npm_config_strict_ssl: 'true',
    // npm has Node keep its compiled code below TMPDIR: here it would be written for nobody, and removed.
    NODE_DISABLE_COMPILE_CACHE: '1',
  };
}

function isNpmConnection(variable: string): boolean {
  const key = npmKey(variable);
  return key !== undefined && (NPM_SETTINGS.has(key) || NPM_CREDENTIAL.test(key) || NPM_SCOPE.test(key));
}

/** A variable fixby sets itself is not overruled by a .npmrc that mentions it. */
function isOurs(name: string): boolean {
  return /^(?:PATH|HOME|TMPDIR|TMP|TEMP|LANG|LC_ALL|TZ|XDG_.*)$/i.test(name);
}

function pythonVariables(operator: Operator, folders: PrivateFolders): Environment {
  const { variables } = operator;
  const index = variables['UV_DEFAULT_INDEX'] ?? variables['UV_INDEX_URL'] ?? variables['PIP_INDEX_URL'];
  const credentials = Object.keys(variables).filter((name) => /^UV_INDEX_.+_(?:USERNAME|PASSWORD)$/.test(name));
  return {
    ...pick(operator, [...credentials, 'UV_NATIVE_TLS', 'UV_SYSTEM_CERTS']),
    ...(index === undefined ? {} : { UV_DEFAULT_INDEX: index }),
    UV_CACHE_DIR: join(folders.cache, 'uv'),
    UV_NO_CONFIG: '1',
    UV_PYTHON_DOWNLOADS: 'never',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
    PYTHONSAFEPATH: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONNOUSERSITE: '1',
  };
}

/** Where pip-audit finds how to greet a mirror that wants a token: it has a home of its own and would look there. */
function netrc(operator: Operator): Environment {
  const { variables, home } = operator;
  return pickFiles({ ...operator, variables: { NETRC: variables['NETRC'] ?? join(home, '.netrc') } }, ['NETRC']);
}

function pick(operator: Operator, names: readonly string[]): Environment {
  const set = names.flatMap((name) => {
    const value = operator.variables[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(set);
}

/** As `pick`, for variables that name files to be trusted: one the audited repository could hold is left out. */
function pickFiles(operator: Operator, names: readonly string[]): Environment {
  const set = Object.entries(pick(operator, names));
  return Object.fromEntries(set.filter(([, file]) => isAbsolute(file) && !liesInside(operator.repositoryRoot, file)));
}
