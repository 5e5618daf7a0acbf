/** The list of formats of promises: a new one is a file beside this one and a line here. */
import type { PromiseFormat } from '../../model/promise-format.ts';
import { jsonPromises } from './json.ts';
import { markdownPromises } from './markdown.ts';
import { tablePromises } from './table.ts';

/** In the order in which help texts name them. */
export const promiseFormats: readonly PromiseFormat[] = [tablePromises, jsonPromises, markdownPromises];
