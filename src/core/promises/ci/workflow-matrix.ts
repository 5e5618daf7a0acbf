/** Spreads a workflow step over the values of its job's matrix. */
import type { Job, Step } from './workflow-schema.ts';

const MATRIX = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g;

/** One step for each value of the one matrix key it names; a step that names none, or several, stays as it is. */
export function expandMatrix(step: Step, { strategy }: Job): readonly Step[] {
  const text = `${step.run ?? ''}\n${step['working-directory'] ?? ''}`;
  const keys = [...new Set([...text.matchAll(MATRIX)].map(([, key = '']) => key))];
  const [key] = keys;
  const matrix = strategy?.matrix;
  if (keys.length !== 1 || key === undefined || typeof matrix !== 'object' || !Object.hasOwn(matrix, key))
    return [step];
  const values = matrix[key];
  if (!Array.isArray(values) || values.length > 64 || !values.every((value) => typeof value === 'string'))
    return [step];
  return values.map((value) => fillMatrix(step, value));
}

function fillMatrix(step: Step, value: string): Step {
  const fill = (text: string): string => text.replace(MATRIX, () => value);
  return {
    ...step,
    ...(step.run === undefined ? {} : { run: fill(step.run) }),
    ...(step['working-directory'] === undefined ? {} : { 'working-directory': fill(step['working-directory']) }),
  };
}
