/** The list of formats of comparisons: a new one is a file beside this one and a line here. */
import type { DiffFormat } from '../../model/report-diff.ts';
import { jsonDiff } from './json.ts';
import { markdownDiff } from './markdown.ts';
import { tableDiff } from './table.ts';

/** In the order in which help texts name them. */
export const diffFormats: readonly DiffFormat[] = [tableDiff, jsonDiff, markdownDiff];
