/** A replayed past as JSON (`fixby.history/v1`): keys in the order of the schema, so that two can be compared as text. */
import { historySchema, type HistoryFormat } from '../../model/history-report.ts';
import { jsonText } from '../escape.ts';

/** Parses back to the very view; a view that breaks the schema is a bug and throws. */
export const jsonHistory: HistoryFormat = {
  name: 'json',
  extension: 'json',
  render: (view) => `${jsonText(JSON.stringify(historySchema.parse(view), null, 2))}\n`,
};
