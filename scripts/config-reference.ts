/** The keys of .fixby/config.yaml as a Markdown table, made of its JSON Schema. */

/** As much of a JSON Schema as the configuration uses. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One row a key that takes a value; `schema` is that of the whole file. */
export function configReference(schema: object): string {
  const rows = rowsOf('', schema as Schema).map(
    ({ key, takes, meaning }) => `| \`${key}\` | ${takes} | ${meaning.replaceAll('|', '\\|')} |`,
  );
  return `# The keys of .fixby/config.yaml

Made from the code by \`npm run docs\`; a test fails while it differs. What the keys do, with examples: [configuration.md](../configuration.md).
The JSON Schema is \`schema/config.v1.schema.json\`.

| key | takes | |
| --- | --- | --- |
${rows.join('\n')}
`;
}

interface Row {
  readonly key: string;
  readonly takes: string;
  readonly meaning: string;
}

function rowsOf(prefix: string, schema: Schema): readonly Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (value.properties !== undefined) return rowsOf(key, value);
    if (value.items?.properties !== undefined) return rowsOf(`${key}[]`, value.items);
    return [{ key, takes: describeValue(value), meaning: value.description ?? '' }];
  });
}

function describeValue({ type, enum: choices, const: only, items, anyOf, minimum, maximum }: Schema): string {
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (choices !== undefined) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (anyOf !== undefined) return anyOf.map(describeValue).join(' or ');
  if (type === 'array') return items === undefined ? 'a list' : `a list of ${describeValue(items)}`;
  if (type === 'integer' && minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  return (
    { string: 'text', integer: 'a number', number: 'a number', boolean: '`true` or `false`' }[type ?? ''] ?? 'a value'
  );
}
