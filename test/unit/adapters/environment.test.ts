/** What gets into a tool's environment and what never does. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowedEnvironment } from '../../../src/adapters/lib/environment.ts';
import type { Variables } from '../../../src/adapters/lib/host.ts';
import { npmKey, readOperator } from '../../../src/adapters/lib/operator.ts';
import type { ToolName } from '../../../src/core/model/program.ts';

const place = realpathSync(mkdtempSync(join(tmpdir(), 'environment-')));
const home = join(place, 'home');
const repository = join(place, 'repository');
const folders = { home: '/private/home', temp: '/private/tmp', cache: '/private/cache' };

beforeAll(() => {
  for (const folder of [home, repository, join(repository, 'bin'), join(place, 'bin')]) mkdirSync(folder);
  symlinkSync(join(repository, 'bin'), join(place, 'linked-bin'));
  writeFileSync(join(home, '.npmrc'), '//r.test/:_authToken=${NODE_AUTH_TOKEN}\ncafile=/ca.pem\nx=${NODE_OPTIONS}\n');
  writeFileSync(join(repository, '.npmrc'), '//r.test/:_authToken=${AWS_SECRET_ACCESS_KEY}\n');
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

function operatorWith(variables: Variables) {
  return readOperator(variables, home, repository, {
    pid: 1,
    execPath: '/usr/bin/node',
    platform: 'linux',
    kill: () => true,
  });
}

function environmentFor(tool: ToolName, variables: Variables) {
  return allowedEnvironment(operatorWith(variables), tool, folders);
}

describe('every tool', () => {
  it('sees private folders, one language, one time zone and nothing else', () => {
    const environment = environmentFor('uv', {
      AWS_SECRET_ACCESS_KEY: 'x',
      LD_PRELOAD: 'x',
      HOME: home,
      LANG: 'pl_PL',
    });
    expect(environment).toMatchObject({ HOME: '/private/home', TMPDIR: '/private/tmp', LANG: 'C.UTF-8', TZ: 'UTC' });
    expect(Object.keys(environment)).not.toContain('AWS_SECRET_ACCESS_KEY');
    expect(Object.keys(environment)).not.toContain('LD_PRELOAD');
  });

  it('is found by a PATH without relative, repository and package folders, as spelled or as linked', () => {
    const bin = join(place, 'bin');
    const PATH = [
      '',
      '.',
      'bin',
      join(repository, 'bin'),
      bin,
      join(place, 'linked-bin'),
      join(place, 'node_modules', '.bin'),
      bin,
      '/usr/bin',
    ].join(':');
    expect(environmentFor('npm', { PATH })['PATH']).toBe(`${bin}:/usr/bin`);
  });

  it('keeps the operator’s proxies and certificates, but none the repository could hold', () => {
    const variables = {
      HTTPS_PROXY: 'http://proxy.test:1',
      no_proxy: 'localhost',
      SSL_CERT_FILE: '/ca.pem',
      NODE_EXTRA_CA_CERTS: join(repository, 'ca.pem'),
      REQUESTS_CA_BUNDLE: 'ca.pem',
    };
    const environment = environmentFor('pip-audit', variables);
    expect(environment).toMatchObject({
      HTTPS_PROXY: 'http://proxy.test:1',
      no_proxy: 'localhost',
      SSL_CERT_FILE: '/ca.pem',
    });
    expect(environment).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
    expect(environment).not.toHaveProperty('REQUESTS_CA_BUNDLE');
  });
});

describe('pip-audit', () => {
  it('finds the operator’s netrc, named or at home, and none the repository could hold', () => {
    expect(environmentFor('pip-audit', {})['NETRC']).toBe(join(home, '.netrc'));
    expect(environmentFor('pip-audit', { NETRC: '/run/secrets/netrc' })['NETRC']).toBe('/run/secrets/netrc');
    expect(environmentFor('pip-audit', { NETRC: join(repository, '.netrc') })).not.toHaveProperty('NETRC');
    expect(environmentFor('uv', {})).not.toHaveProperty('NETRC');
    expect(environmentFor('npm', { NETRC: '/run/secrets/netrc' })).not.toHaveProperty('NETRC');
  });
});

describe('npm', () => {
  it.each([{}, { npm_config_strict_ssl: 'false' }, { NPM_CONFIG_STRICT_SSL: '' }])(
    'has every registry prove who it is, with %j',
    (variables) => {
      const settings = Object.entries(environmentFor('npm', variables));
      const strict = settings.filter(([name]) => npmKey(name) === 'strict-ssl');
      expect(strict).toEqual([['npm_config_strict_ssl', 'true']]);
    },
  );

  it.each([
    'npm_config_offline',
    'NPM_CONFIG_OFFLINE',
    'npm_config_omit',
    'npm_config_only',
    'npm_config_production',
    'npm_config_audit_level',
    'npm_config_json',
    'npm_config_global',
    'npm_config_location',
    'npm_config_prefix',
    'npm_config_workspace',
    'npm_config_workspaces',
    'npm_config_node_options',
    'npm_config_usage',
    'NODE_ENV',
    'NODE_OPTIONS',
  ])('never sees %s', (name) => {
    expect(environmentFor('npm', { [name]: 'true' })).not.toHaveProperty(name);
  });

  it.each([
    'npm_config_registry',
    'NPM_CONFIG_REGISTRY',
    'npm_config_//registry.test/:_authToken',
    'npm_config_@team:registry',
    'npm_config_cafile',
    'npm_config_https_proxy',
    'npm_config_noproxy',
  ])('sees the operator’s %s', (name) => {
    expect(environmentFor('npm', { [name]: 'value' })).toHaveProperty([name], 'value');
  });

  it('keeps its cache to itself', () => {
    expect(environmentFor('npm', { npm_config_cache: '/shared' })['npm_config_cache']).toBe('/private/cache/npm');
  });

  it('keeps no compiled code, whoever names a place for it', () => {
    const environment = environmentFor('npm', { NODE_COMPILE_CACHE: repository, NODE_DISABLE_COMPILE_CACHE: '0' });
    expect(environment).toHaveProperty('NODE_DISABLE_COMPILE_CACHE', '1');
    expect(environment).not.toHaveProperty('NODE_COMPILE_CACHE');
  });

  it('is given the user’s .npmrc and the variables it names, except those that steer Node itself', () => {
    const variables = { NODE_AUTH_TOKEN: 't', NODE_OPTIONS: '--require=x', AWS_SECRET_ACCESS_KEY: 'x' };
    const environment = environmentFor('npm', variables);
    expect(environment).toMatchObject({ NODE_AUTH_TOKEN: 't', npm_config_userconfig: join(home, '.npmrc') });
    expect(environment).not.toHaveProperty('NODE_OPTIONS');
    expect(environment).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
  });

  it('is not given a user configuration from inside the repository, and that is said', () => {
    const variables = { NPM_CONFIG_USERCONFIG: join(repository, '.npmrc'), AWS_SECRET_ACCESS_KEY: 'x' };
    const environment = environmentFor('npm', variables);
    expect(environment['npm_config_userconfig']).toBe('/private/home/.npmrc');
    expect(environment).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
    expect(operatorWith(variables).notes.join()).toContain('userconfig');
  });

  it.each([
    ['inside', { npm_config_local_prefix: repository }],
    ['above', { npm_config_local_prefix: place }],
    ['somewhere', { npm_lifecycle_event: 'audit' }],
  ])(
    'started by a package script %s the repository, variables that repeat its .npmrc are dropped',
    (_where, origin) => {
      const variables = { ...origin, npm_config_registry: 'http://elsewhere.test/' };
      expect(environmentFor('npm', variables)).not.toHaveProperty('npm_config_registry');
      expect(operatorWith(variables).notes.join()).toContain('npm_config_');
    },
  );

  it('started by a package script of another project, the registry is kept', () => {
    const variables = { npm_config_local_prefix: home, npm_config_registry: 'http://mine.test/' };
    expect(environmentFor('npm', variables)['npm_config_registry']).toBe('http://mine.test/');
    expect(operatorWith(variables).notes).toEqual([]);
  });

  it('sees the real home where the configuration names it', () => {
    writeFileSync(join(place, 'npmrc'), 'cafile=${HOME}/ca.pem\n');
    expect(environmentFor('npm', { NPM_CONFIG_USERCONFIG: join(place, 'npmrc') })['HOME']).toBe(home);
  });
});

describe('uv and pip-audit', () => {
  it.each(['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'PIP_INDEX_URL'])('resolve against the operator’s %s', (name) => {
    expect(environmentFor('uv', { [name]: 'https://i.test/simple' })['UV_DEFAULT_INDEX']).toBe('https://i.test/simple');
  });

  it('are given credentials of indexes', () => {
    expect(environmentFor('uv', { UV_INDEX_TEAM_PASSWORD: 'p' })['UV_INDEX_TEAM_PASSWORD']).toBe('p');
  });

  it.each([
    'PIP_AUDIT_OUTPUT',
    'PIP_AUDIT_OSV_URL',
    'PYTHONPATH',
    'VIRTUAL_ENV',
    'CONDA_PREFIX',
    'PIPAPI_PYTHON_LOCATION',
    'UV_PYTHON',
  ])('never see %s', (name) => {
    expect(environmentFor('pip-audit', { [name]: 'x' })).not.toHaveProperty(name);
  });

  it('take no code from the working folder and download no Python', () => {
    const environment = environmentFor('pip-audit', {});
    expect(environment).toMatchObject({ PYTHONSAFEPATH: '1', PYTHONNOUSERSITE: '1', UV_PYTHON_DOWNLOADS: 'never' });
  });
});

describe('npm’s names of settings', () => {
  it.each([
    ['npm_config_https_proxy', 'https-proxy'],
    ['NPM_CONFIG_STRICT_SSL', 'strict-ssl'],
    ['npm_config__auth', '_auth'],
    ['npm_config_//r.test/:_authToken', '//r.test/:_authToken'],
    ['npm_package_name', undefined],
    ['npm_config_', undefined],
  ])('%s is %s', (variable, key) => {
    expect(npmKey(variable)).toBe(key);
  });
});
