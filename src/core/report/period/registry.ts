/** The list of formats of period reports: a new one is a file beside this one and a line here. */
import type { PeriodFormat } from '../../model/period-report.ts';
import { jsonPeriod } from './json.ts';
import { markdownPeriod } from './markdown.ts';
import { tablePeriod } from './table.ts';

/** In the order in which help texts name them. */
export const periodFormats: readonly PeriodFormat[] = [tablePeriod, jsonPeriod, markdownPeriod];
