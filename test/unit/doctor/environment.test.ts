/** The environment: which variables are named, which are not, and that no value is ever shown. */
import { describe, expect, it } from 'vitest';
import { environmentChecks } from '../../../src/core/doctor/environment.ts';
import { toDoctorReport } from '../../../src/core/doctor/report.ts';

const namesOf = (variables: Readonly<Record<string, string>>, sources: readonly string[] = []): readonly string[] =>
  environmentChecks(variables, sources).map(({ message }) => message.split(' ')[0] ?? '');

describe('the environment of an audit', () => {
  it.each([
    ['npm_config_offline', 'true'],
    ['NPM_CONFIG_OMIT', 'dev'],
    ['npm_config_audit_level', 'critical'],
    ['npm_config_registry', 'https://registry.example'],
    ['npm_config_strict_ssl', 'false'],
    ['PIP_NO_INDEX', '1'],
    ['PIP_EXTRA_INDEX_URL', 'https://index.example'],
    ['UV_EXCLUDE_NEWER', '2020-01-01'],
    ['UV_DEFAULT_INDEX', 'https://index.example'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['NO_PROXY', ' * '],
  ])('names %s', (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([name]);
  });

  it.each([
    ['npm_config_offline', ''],
    ['npm_config_strict_ssl', 'true'],
    ['npm_config_cache', '/tmp/npm'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '1'],
    ['NO_PROXY', 'localhost'],
    ['PATH', '/usr/bin'],
  ])('has nothing to say of %s="%s"', (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([]);
  });

  it.each([
    { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    { npm_config_strict_ssl: 'false' },
    { npm_config_registry: 'https://registry.example' },
  ])('calls a machine with %j ready: none of it reaches an audit unseen', (variables) => {
    expect(toDoctorReport(environmentChecks(variables, [])).ready).toBe(true);
  });

  it('shows no value: an address may carry a password', () => {
    const checks = environmentChecks({ PIP_INDEX_URL: 'https://user:hunter2@index.example' }, []);
    expect(checks).toHaveLength(1);
    expect(JSON.stringify(checks)).not.toContain('hunter2');
  });

  it.each([
    ['a mirror on this machine behind a proxy', { HTTP_PROXY: 'http://p:1' }, 1],
    ['one that NO_PROXY leaves out', { https_proxy: 'http://p:1', no_proxy: 'x, 127.0.0.1:4873' }, 0],
    ['no proxy at all', {}, 0],
  ])('%s', (_what, variables, remarks) => {
    const checks = environmentChecks(variables, ['http://127.0.0.1:4873']);
    expect(checks).toHaveLength(remarks);
  });

  it('leaves a source elsewhere to the proxy', () => {
    expect(environmentChecks({ HTTPS_PROXY: 'http://p:1' }, ['https://registry.example'])).toEqual([]);
  });
});
