/** A period as JSON (`fixby.period/v1`), with the keys in the order of the schema. */
import { periodReportSchema, type PeriodFormat } from '../../model/period-report.ts';
import { jsonText } from '../escape.ts';

/** Parses back to the very report; one that breaks the schema is a bug and throws. */
export const jsonPeriod: PeriodFormat = {
  name: 'json',
  extension: 'json',
  render: (report) => `${jsonText(JSON.stringify(periodReportSchema.parse(report), null, 2))}\n`,
};
