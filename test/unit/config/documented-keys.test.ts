/** The example in docs/configuration.md is valid and names every key there is. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../../src/core/config/read-config.ts';
import { configSchema } from '../../../src/core/config/config-schema.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/configuration.md', import.meta.url)), 'utf8');
const example = page.slice(page.indexOf('    version: 1'), page.indexOf('\nLengths of time')).replace(/^ {4}/gm, '');

it('is read without a problem', () => {
  expect(readConfig({ path: 'docs/configuration.md', text: example, sha256: '' })).toMatchObject({ ok: true });
});

it('names every section and every key', () => {
  const documented = parse(example) as Record<string, unknown>;
  expect(Object.keys(documented)).toEqual(Object.keys(configSchema.shape));
  for (const [section, schema] of Object.entries(configSchema.shape)) {
    const inner = schema.unwrap();
    if (!('shape' in inner)) continue;
    expect(Object.keys(documented[section] as object).sort()).toEqual(Object.keys(inner.shape).sort());
  }
});
