/** The names of the report formats for help texts, so that `--help` need not load the formats themselves. */

/** In the order of `core/report/registry.ts`; a test compares. */
export const FORMAT_NAMES: readonly string[] = [
  'table',
  'json',
  'markdown',
  'html',
  'csv',
  'junit',
  'sarif',
  'github',
  'gitlab',
  'cyclonedx',
  'openvex',
  'poam',
];
