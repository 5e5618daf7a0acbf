/** The list of formats of a replayed past: a new one is a file beside this one and a line here. */
import type { HistoryFormat } from '../../model/history-report.ts';
import { jsonHistory } from './json.ts';
import { markdownHistory } from './markdown.ts';
import { tableHistory } from './table.ts';

/** In the order in which help texts name them. */
export const historyFormats: readonly HistoryFormat[] = [tableHistory, jsonHistory, markdownHistory];
