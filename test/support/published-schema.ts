/** Holds a document against a schema of the package, as a reader of it would. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from './fixby.ts';

/** What `schema/<name>.schema.json` says against a document; `null` when nothing. */
export function schemaErrors(name: string, document: unknown): unknown {
  const schema = JSON.parse(readFileSync(resolve(ROOT, `schema/${name}.schema.json`), 'utf8')) as object;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.validate(schema, document) ? null : ajv.errors;
}
