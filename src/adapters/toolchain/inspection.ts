/** What looking at one program gave, before it is chosen or passed over. */
import type { ToolName } from '../../core/model/program.ts';
import { tooOld } from './tool-versions.ts';

export interface Usable {
  readonly status: 'usable';
  readonly command: readonly string[];
  readonly version: string;
}

/** `detail` is a sentence that names the file. */
export interface Unusable {
  readonly status: 'unusable';
  readonly reason: 'missing' | 'too-old';
  readonly detail: string;
}

export type Inspection = Usable | Unusable;

/** A program that answers by its name; usable if its version will do. */
export function judge(tool: ToolName, file: string, command: readonly string[], version: string): Inspection {
  const complaint = tooOld(tool, version);
  if (complaint === undefined) return { status: 'usable', command, version };
  return { status: 'unusable', reason: 'too-old', detail: `${file} cannot be used: ${complaint}.` };
}

/** A file that is not the tool it should be, and why. */
export function reject(file: string, why: string): Unusable {
  return { status: 'unusable', reason: 'missing', detail: `${file} cannot be used: ${why}.` };
}
