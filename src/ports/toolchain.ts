/** Finding the tools: configuration, then PATH, then fixby's own managed environment; never inside the audited repository. */
import type { ToolName } from '../core/model/program.ts';

export interface FoundTool {
  readonly status: 'found';
  readonly tool: ToolName;
  /** Program and leading arguments, all absolute, such as `[node, npm-cli.js]`. */
  readonly command: readonly string[];
  readonly version: string;
  readonly origin: 'config' | 'path' | 'managed';
}

export interface MissingTool {
  readonly status: 'missing';
  readonly tool: ToolName;
  /** `too-old` when one is there that cannot be trusted. */
  readonly reason: 'missing' | 'too-old';
  readonly detail: string;
  readonly mend: string;
}

export interface Toolchain {
  /** The same tool is looked for once, however often it is asked for. */
  find(tool: ToolName): Promise<FoundTool | MissingTool>;
}
