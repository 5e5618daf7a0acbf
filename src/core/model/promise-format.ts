/** The plug-in interface of a format of promises. */
import type { PromiseReport } from './promise-report.ts';
import type { RenderOptions } from './report.ts';

/** A format of promises: one file, one registry line. Same report and options, same text. */
export interface PromiseFormat {
  readonly name: string;
  render(report: PromiseReport, options: RenderOptions): string;
}
