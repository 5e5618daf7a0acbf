/** The example in docs/configuration.md is valid and names every key there is, and the schema says of each what it means. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { configReference } from '../../../scripts/config-reference.ts';
import { readConfig } from '../../../src/core/config/read-config.ts';
import { configSchema } from '../../../src/core/config/config-schema.ts';
import { channels } from '../../../src/core/notify/registry.ts';

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

/** The rows of the reference whose last cell is empty. */
function undescribed(schema: object): readonly string[] {
  return configReference(schema)
    .split('\n')
    .filter((row) => row.startsWith('| `') && /\|\s*\|$/.test(row));
}

it('says of every key what it means', () => {
  expect(undescribed(z.toJSONSchema(configSchema, { io: 'input' }))).toEqual([]);
});

it('would notice a key without a meaning', () => {
  const forgetful = z.strictObject({
    list: z.array(z.strictObject({ said: z.string().meta({ description: 'x' }), bare: z.string() })),
  });
  expect(undescribed(z.toJSONSchema(forgetful))).toEqual(['| `list[].bare` | text |  |']);
});

it('names every kind of channel', () => {
  const { description = '' } =
    configSchema.shape.notify.unwrap().shape.channels.unwrap().element.shape.kind.meta() ?? {};
  for (const { kind } of channels) expect(description).toContain(`\`${kind}\``);
});
