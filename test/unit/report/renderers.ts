/** Every registered report format with its code loaded. */
import type { ReportFormat, ReportRenderer } from '../../../src/core/model/report.ts';
import { reportFormats } from '../../../src/core/report/registry.ts';

export const renderers: readonly (ReportFormat & ReportRenderer)[] = await Promise.all(
  reportFormats.map(async (format) => ({ ...format, ...(await format.load()) })),
);
