/** Reads `.fixby/config.yaml`: all of it, or every reason why it cannot be used. */
import { notYaml } from './config-problem.ts';
import { configSchema } from './config-schema.ts';
import { describeIssue } from './describe-issue.ts';
import { toConfig } from './to-config.ts';
import { parseYaml } from './yaml-document.ts';
import { byEach, byText } from '../model/order.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { Config } from '../model/config.ts';

/** A configuration file that was read. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

export type ConfigReading =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** The configuration of `file`, or the defaults when there is none. Problems come in the order of their places. */
export function readConfig(file: ConfigFile | null): ConfigReading {
  if (file === null) return { ok: true, config: toConfig({}, null) };
  if (file.text.includes('\uFFFD'))
    return refuse([notYaml({ file: file.path, line: 1, column: 1 }, 'The file is not valid UTF-8')]);
  const document = parseYaml(file.text, file.path);
  if (!('value' in document)) return refuse(document);
  const parsed = configSchema.safeParse(document.value ?? {});
  if (!parsed.success) return refuse(parsed.error.issues.flatMap((issue) => describeIssue(issue, document)));
  const lineOf = (path: readonly PropertyKey[]) => document.placeOf(path).line;
  return { ok: true, config: toConfig(parsed.data, { file: file.path, sha256: file.sha256, lineOf }) };
}

function refuse(problems: readonly ConfigProblem[]): ConfigReading {
  const byPlace = byEach<ConfigProblem>(
    (a, b) => a.line - b.line,
    (a, b) => a.column - b.column,
    (a, b) => byText(a.message, b.message),
  );
  return { ok: false, problems: [...problems].sort(byPlace) };
}
