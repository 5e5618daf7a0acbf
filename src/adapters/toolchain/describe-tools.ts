/** Says what would run on this machine, for `fixby doctor`. */
import { redact } from '../lib/redact.ts';
import type { ToolchainWithPython } from './create-toolchain.ts';

/** One line of the doctor: a tool that is there, or what is missing and what mends it. */
export type ToolDescription =
  | {
      readonly tool: string;
      readonly status: 'found';
      readonly version: string;
      /** What is started, all absolute. */
      readonly command: readonly string[];
      readonly origin: 'config' | 'path' | 'managed';
    }
  | {
      readonly tool: string;
      readonly status: 'missing';
      readonly reason: 'missing' | 'too-old';
      readonly detail: string;
      readonly mend: string;
    };

/** Every tool and the trusted Python, in the order npm, python, uv, pip-audit. */
export async function describeTools(toolchain: ToolchainWithPython): Promise<readonly ToolDescription[]> {
  const [npm, python, uv, pipAudit] = await Promise.all([
    toolchain.find('npm'),
    toolchain.findPython(),
    toolchain.find('uv'),
    toolchain.find('pip-audit'),
  ]);
  const interpreter =
    python.status === 'missing' ? { tool: 'python', ...python } : { tool: 'python', ...python, command: [python.path] };
  return [npm, interpreter, uv, pipAudit].map((found) =>
    found.status === 'missing'
      ? { tool: found.tool, status: 'missing', reason: found.reason, detail: found.detail, mend: found.mend }
      : {
          tool: found.tool,
          status: 'found',
          version: found.version,
          command: found.command.map(redact),
          origin: found.origin,
        },
  );
}
