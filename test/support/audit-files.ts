/** One audit of one small repository against one source, as the fault tables ask for it. */
import { join } from 'node:path';
import type { ReportView } from '../../src/core/model/report.ts';
import { runFixby } from './fixby.ts';
import type { Ran } from './fixby.ts';
import { makeRepository, SECURITY_MD } from './repository.ts';
import type { FileTree, TestRepository } from './repository.ts';
import { startSource } from './source.ts';
import type { Fault, Route, Source } from './source.ts';

/** The moment all fault tables judge: the example's snapshot ends before it. */
const AS_OF = '2026-04-03T09:00:00Z';

export interface Audited extends Ran {
  readonly source: Source;
  /** The JSON report; `null` when stdout was empty. */
  readonly view: ReportView | null;
}

export interface AuditHow {
  readonly faults?: { readonly [R in Route]?: Fault };
  /** Further arguments of `fixby audit`. */
  readonly args?: readonly string[];
  /** Variables beside the test's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly prepare?: (repository: TestRepository) => void;
  /** Time limit of a tool, in the words of the configuration. */
  readonly timeout?: string;
}

/** Runs the built `fixby audit` with one try a tool over `files` and the seed policy. */
export async function auditFiles(files: FileTree, how: AuditHow = {}): Promise<Audited> {
  const source = await startSource(how.faults);
  const repository = makeRepository({ 'SECURITY.md': SECURITY_MD, ...files });
  how.prepare?.(repository);
  const limits = `version: 1\naudit:\n  attempts: 1\n  timeout: ${how.timeout ?? '60 seconds'}\n`;
  const config = join(makeRepository({ 'config.yaml': limits }).dir, 'config.yaml');
  const sources = ['--registry', source.url, '--osv-url', source.url];
  const args = ['audit', repository.dir, ...sources, '--as-of', AS_OF, '--format', 'json', '--config', config];
  const ran = await runFixby([...args, ...(how.args ?? [])], how.env === undefined ? {} : { env: how.env });
  return { ...ran, source, view: ran.stdout === '' ? null : (JSON.parse(ran.stdout) as ReportView) };
}

/** Outcome and reason of each target, such as `unavailable source-blind`; second opinions are none. */
export function outcomesOf(view: ReportView | null): readonly string[] {
  const deciding = (view?.targets ?? []).filter(({ secondOpinion }) => secondOpinion !== true);
  return deciding.map(({ outcome, reason }) => [outcome, reason ?? ''].join(' ').trim());
}

/** A page, where data was asked for. */
export const HTML = '<!doctype html><title>Sign in</title><p>Please sign in.</p>';
