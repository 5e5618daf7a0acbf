/** Owns how the levels two findings had over time become those of one. */
import type { SeverityChange } from '../model/finding.ts';
import { byText } from '../model/order.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';
import type { SeverityLevel } from '../model/severity.ts';

/** At every moment the worse of two histories: what two findings that turn out to be one were known as together. */
export function worseOf(a: readonly SeverityChange[], b: readonly SeverityChange[]): SeverityChange[] {
  const changes = [a, b].flatMap((history, of) => history.map((change) => ({ ...change, of })));
  const levels: SeverityLevel[] = [];
  const worse = new Map<string, SeverityLevel>();
  for (const { at, level, of } of changes.sort((left, right) => byText(left.at, right.at))) {
    levels[of] = level;
    worse.set(at, SEVERITY_LEVELS.find((each) => levels.includes(each)) ?? level);
  }
  const history = [...worse].map(([at, level]) => ({ at, level }));
  return history.filter(({ level }, index) => history[index - 1]?.level !== level);
}
