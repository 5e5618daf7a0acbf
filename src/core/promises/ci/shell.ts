/** Cuts a shell script into simple commands with what joins them: enough to see what runs where and whether it can fail. */

/** What stands after a command. `end` is a line end, a semicolon, or the end of the script. */
export type Joint = 'and' | 'or' | 'pipe' | 'end';

export interface ShellCommand {
  /** Without quotes; variables stand as written. */
  readonly words: readonly string[];
  /** 0-based line of the script. */
  readonly line: number;
  readonly joint: Joint;
  /** How many sub-shells it stands in. */
  readonly depth: number;
}

// In this order: a continued line, a comment, quotes, the operators, white space, and everything else.
const TOKEN =
  /\\\r?\n|(?<=^|[\s;&|(])#[^\n]*|'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^]|&&|\|\||\|&|[|;&()\n]|[^\S\n]+|[^\s'"\\|;&()#]+|[^]/g;

const JOINTS: Readonly<Record<string, Joint>> = { '&&': 'and', '||': 'or', '|': 'pipe', '|&': 'pipe' };

/** The commands in order. Here-documents are read as commands, which at worst shows a command that is none. */
export function splitScript(script: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let open = false;
  let [line, start, depth] = [0, 0, 0];
  const finish = (joint: Joint): void => {
    if (words.length > 0) commands.push({ words, line: start, joint, depth });
    [words, open] = [[], false];
  };
  for (const [token] of script.matchAll(TOKEN)) {
    if (/^[|;&()\n]/.test(token)) {
      finish(JOINTS[token] ?? 'end');
      if (token === '(') depth += 1;
      if (token === ')') depth = Math.max(0, depth - 1);
    } else if (/^(?:[^\S\n]+|\\\r?\n)$/.test(token) || token.startsWith('#')) open = false;
    else {
      if (words.length === 0) start = line;
      if (open) words.push(`${words.pop() ?? ''}${unquote(token)}`);
      else words.push(unquote(token));
      open = true;
    }
    line += token.split('\n').length - 1;
  }
  finish('end');
  return commands;
}

function unquote(token: string): string {
  if (/^(['"]).*\1$/s.test(token) && token.length > 1) return token.slice(1, -1);
  return token.length === 2 && token.startsWith('\\') ? token.slice(1) : token;
}
