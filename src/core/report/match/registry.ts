/** The list of formats of a match: a new one is a file beside this one and a line here. */
import type { MatchFormat } from '../../model/match-report.ts';

/** In the order in which help texts name them. */
export const matchFormats: readonly MatchFormat[] = [
  { name: 'table', load: () => import('./table.ts').then(({ tableMatch }) => tableMatch) },
  { name: 'json', load: () => import('./json.ts').then(({ jsonMatch }) => jsonMatch) },
];
