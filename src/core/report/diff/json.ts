/** A comparison as JSON (`fixby.diff/v1`), with the keys in the order of the schema. */
import { reportDiffSchema, type DiffFormat } from '../../model/report-diff.ts';
import { jsonText } from '../escape.ts';

/** Parses back to the very comparison; one that breaks the schema is a bug and throws. */
export const jsonDiff: DiffFormat = {
  name: 'json',
  render: (diff) => `${jsonText(JSON.stringify(reportDiffSchema.parse(diff), null, 2))}\n`,
};
