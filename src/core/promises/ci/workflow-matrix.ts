/** Spreads a workflow step over the values of its job's matrix. */
import type { Job, Step } from './workflow-schema.ts';

const MATRIX = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g;

/** One step for each value of the one matrix key it names; a step that names none, or several, stays as it is. */
export function expandMatrix(step: Step, { strategy }: Job): readonly Step[] {
  const text = `${step.run ?? ''}\n${step['working-directory'] ?? ''}`;
  const keys = [...new Set([...text.matchAll(MATRIX)].map(([, key = '']) => key))];
  const [key] = keys;
  const matrix = strategy?.matrix;
  if (keys.length !== 1 || key === undefined || typeof matrix !== 'object') return [step];
  const values = valuesOf(matrix, key);
  if (values === null) return [step];
  return values.map((value) => fillMatrix(step, value));
}

/** What a key of a matrix may be, those that `include` adds among them; `null` where that is not written out. */
function valuesOf(matrix: Readonly<Record<string, unknown>>, key: string): readonly string[] | null {
  const own = Object.hasOwn(matrix, key) ? matrix[key] : [];
  const include = Object.hasOwn(matrix, 'include') ? matrix['include'] : [];
  if (!Array.isArray(own) || !Array.isArray(include)) return null;
  const added = include.flatMap((entry: unknown) =>
    typeof entry === 'object' && entry !== null && Object.hasOwn(entry, key)
      ? [(entry as Record<string, unknown>)[key]]
      : [],
  );
  const values: readonly unknown[] = [...new Set<unknown>([...(own as readonly unknown[]), ...added])];
  const plain = values.length > 0 && values.length <= 64 && values.every((value) => typeof value === 'string');
  return plain ? values : null;
}

function fillMatrix(step: Step, value: string): Step {
  const fill = (text: string): string => text.replace(MATRIX, () => value);
  return {
    ...step,
    ...(step.run === undefined ? {} : { run: fill(step.run) }),
    ...(step['working-directory'] === undefined ? {} : { 'working-directory': fill(step['working-directory']) }),
  };
}
