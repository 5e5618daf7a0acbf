/** Running one tool in a private folder. */
import type { Invocation, InvocationResult } from '../core/model/program.ts';
import type { FoundTool } from './toolchain.ts';

export interface Exec {
  /**
   * Waits for its turn, lays the files, runs the tool, collects, kills the whole process group and removes the folder,
   * whatever happened. Never throws for what a tool does; `signal` ends it early with status `interrupted`.
   */
  run(invocation: Invocation, tool: FoundTool, signal: AbortSignal): Promise<InvocationResult>;
}
