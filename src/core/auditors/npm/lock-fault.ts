/** What keeps a lock of the npm world from being read, whoever wrote it. */

export interface LockFault {
  readonly code: string;
  readonly message: string;
}

/** More entries than any project has; a lock beyond it would only keep us and npm busy. */
export const MOST_ENTRIES = 200_000;

const CONFLICT_MARKS = ['<<<<<<<', '>>>>>>>'];

/** A fault, with the code problems are known by. */
export function fault(code: string, message: string): LockFault {
  return { code, message };
}

/** Why a text need not be parsed: there is nothing in it, or two of it. */
export function refuseText(text: string): LockFault | undefined {
  if (text.trim() === '') return fault('lock-empty', 'is empty');
  if (CONFLICT_MARKS.some((mark) => text.includes(mark)) && /^(?:<{7}|>{7})(?: |$)/m.test(text))
    return fault('lock-conflict', 'holds merge conflict markers');
  return undefined;
}
