/** The committed JSON Schemas are what the code validates with. `node scripts/make-schemas.mjs` makes them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { publishedSchemas } from '../../../scripts/published-schemas.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const schemas = publishedSchemas();

describe.each(schemas.map(({ path, text }) => [path, text] as const))('%s', (path, text) => {
  it('is committed as the code has it', () => {
    expect(readFileSync(root + path, 'utf8')).toBe(text);
  });

  it('is a JSON Schema', () => {
    expect(() =>
      new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(text) as object),
    ).not.toThrow();
  });
});

it.each([
  ['policy: { windows: { high: 7 days } }', true],
  ['policy: { windows: { hihg: 7 days } }', false],
  ['audit: { timeout: 2 minutes }', true],
  ['audit: { timeout: soon }', false],
  ['tools: { npm: bin/npm }', false],
])('an editor judges %j as %j', (yaml, valid) => {
  const schema = JSON.parse(schemas[0]?.text ?? '{}') as object;
  expect(new Ajv2020({ strict: false, validateFormats: false }).compile(schema)(parse(yaml))).toBe(valid);
});
