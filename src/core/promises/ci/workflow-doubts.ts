/** Says what keeps the result of a workflow step from failing its job, and where an action looks. */
import { resolveFolder } from './script-scans.ts';
import type { Job, Step } from './workflow-schema.ts';

/** Why a step's result cannot fail its job, or may not; `null` where nothing stands in the way. */
export interface Doubts {
  readonly silenced: string | null;
  readonly unsure: string | null;
}

/** What the conditions of a job and its step leave of a failure. */
export function doubtsOf(job: Job, step: Step): Doubts {
  const conditions = [job.if, step.if].filter((each) => each !== undefined).map((each) => String(each));
  const lenient = [job['continue-on-error'], step['continue-on-error']].map((each) => String(each ?? false));
  const never = conditions.find((each) => /^(?:\$\{\{\s*)?false(?:\s*\}\})?$/.test(each.trim()));
  const open = conditions.find((each) => !isHarmless(each));
  if (never !== undefined) return { silenced: 'it never runs (if: false)', unsure: null };
  if (lenient.some((each) => /^(?:\$\{\{\s*)?true(?:\s*\}\})?$/.test(each.trim())))
    return { silenced: 'continue-on-error lets the job pass', unsure: null };
  const leaves = lenient.find((each) => each.includes('${{'));
  if (leaves !== undefined) return { silenced: null, unsure: `continue-on-error depends on ${leaves}` };
  return { silenced: null, unsure: open === undefined ? null : `it runs only if ${open}` };
}

/** Conditions under which a step runs at least whenever the ones before it did well, in the project's own repository. */
function isHarmless(condition: string): boolean {
  const bare = condition.replace(/^\s*\$\{\{\s*|\s*\}\}\s*$/g, '').trim();
  return /^(?:true|always\(\)|success\(\)|!\s*cancelled\(\)|github\.repository(?:_owner)?\s*==\s*'[^']*')$/.test(bare);
}

/** An input that lets an action's findings pass. */
export function silencedByInput(scanner: string, { with: inputs }: Step): string | null {
  const input = (key: string): string => {
    const value = inputs !== null && inputs !== undefined && Object.hasOwn(inputs, key) ? inputs[key] : '';
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
  if (scanner === 'Trivy' && /^0?$/.test(input('exit-code'))) return 'exit-code is 0, so findings let the job pass';
  if (scanner === 'Grype' && input('fail-build') === 'false') return 'fail-build is false';
  return input('warn-only') === 'true' ? 'warn-only lets findings pass' : null;
}

/** Where an action looks: its input, or the whole checkout; `null` where that cannot be told. */
export function foldersOfAction({ with: inputs }: Step): readonly string[] | null {
  const keys = ['inputs', 'working-directory', 'path', 'scan-ref'];
  const given = keys.map((key) => inputs?.[key]).find((value) => typeof value === 'string');
  if (typeof given !== 'string') return ['.'];
  const places = given
    .trim()
    .split(/\s+/)
    .map((word) => resolveFolder('.', word.replace(/\/?[^/]*\.(?:txt|toml|lock|json)$/, '')));
  return places.includes(null) ? null : places.filter((place) => place !== null);
}
