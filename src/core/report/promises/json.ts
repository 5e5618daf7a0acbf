/** Promises as JSON (`fixby.promises/v1`): keys in the order of the schema, so that two reports can be compared as text. */
import type { PromiseFormat } from '../../model/promise-format.ts';
import { promiseReportSchema } from '../../model/promise-report.ts';
import { jsonText } from '../escape.ts';

/** Parses back to the very report; one that breaks the schema is a bug and throws. */
export const jsonPromises: PromiseFormat = {
  name: 'json',
  render: (report) => `${jsonText(JSON.stringify(promiseReportSchema.parse(report), null, 2))}\n`,
};
