/** A match as JSON (`fixby.match/v1`). */
import type { MatchRenderer } from '../../model/match-report.ts';
import { jsonDocument } from '../escape.ts';

/** Written as it is, its keys in the order of the schema. */
export const jsonMatch: MatchRenderer = { render: jsonDocument };
