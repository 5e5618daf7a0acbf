/** Help for narrow terminals: below the width at which two columns can be read, the explanation stands below its flag. */
import type { Help } from 'commander';

const NARROW = 60;

/** For commander's `configureHelp`. */
export const narrowHelp: Partial<Help> = {
  minWidthToWrap: 20,
  formatItem(this: Help, term: string, termWidth: number, description: string, helper: Help): string {
    const width = this.helpWidth ?? 80;
    if (description === '') return `  ${term}`;
    if (width >= NARROW) {
      const room = width - termWidth - 4;
      const [first = '', ...rest] = helper.boxWrap(description, room).split('\n');
      const indent = ' '.repeat(termWidth + 4);
      return [`  ${term.padEnd(termWidth)}  ${first}`, ...rest.map((line) => indent + line)].join('\n');
    }
    const lines = helper.boxWrap(description, width - 6).split('\n');
    return [`  ${term}`, ...lines.map((line) => `      ${line}`)].join('\n');
  },
};
