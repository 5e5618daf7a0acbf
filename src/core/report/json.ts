/** The report as JSON (`fixby.report/v1`): keys in the order of the schema, so two reports can be compared as text. */
import { reportSchema, type ReportRenderer } from '../model/report.ts';
import { jsonDocument } from './escape.ts';

/** Parses back to the very view; a view that breaks the schema is a bug and throws. */
export const jsonFormat: ReportRenderer = {
  // Parsing is what brings the keys into the order of the schema, however the view came about.
  render: (view) => jsonDocument(reportSchema.parse(view)),
};
