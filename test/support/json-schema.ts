/** Holds a document to a JSON Schema, with formats checked; says every fault at once. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** A check made of a schema in `test/fixtures/schemas`: gives back the faults, none when the document keeps to it. */
export function schemaCheck(name: string): (document: unknown) => readonly string[] {
  const file = new URL(`../fixtures/schemas/${name}`, import.meta.url);
  return compile(JSON.parse(readFileSync(file, 'utf8')) as { $schema?: string });
}

function compile(schema: { readonly $schema?: string }): (document: unknown) => readonly string[] {
  const options = { strict: false, allErrors: true };
  const ajv = schema.$schema?.includes('2020-12') === true ? new Ajv2020(options) : new Ajv(options);
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return (document) => {
    validate(document);
    return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
  };
}
