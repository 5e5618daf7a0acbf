/** Reads what `git blame --porcelain` writes, and finds in it the line that is asked about. */

/** One line of the file as it was committed. */
export interface BlamedLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly commit: string;
  /** Of the commit, in seconds since 1970. */
  readonly seconds: string;
  /** The history is cut off at that commit. */
  readonly boundary: boolean;
}

interface CommitFacts {
  seconds: string;
  boundary: boolean;
}

/** The lines in order. What a commit states stands only where it is met first. https://git-scm.com/docs/git-blame */
export function parseBlame(output: string): readonly BlamedLine[] {
  const commits = new Map<string, CommitFacts>();
  const lines: BlamedLine[] = [];
  let commit = '';
  let line = 0;
  for (const row of output.split('\n')) {
    const [, id, number] = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(row) ?? [];
    const facts = commits.get(id ?? commit) ?? { seconds: '', boundary: false };
    if (row.startsWith('\t')) lines.push({ line, text: row.slice(1), commit, ...facts });
    else if (id !== undefined) [commit, line] = [id, Number(number)];
    else if (row.startsWith('committer-time ')) facts.seconds = row.slice('committer-time '.length);
    else if (row === 'boundary') facts.boundary = true;
    commits.set(commit, facts);
  }
  return lines;
}

/** The line that reads `text`, nearest to `near`; `null` when none does. White space at its ends does not count. */
export function findLine(lines: readonly BlamedLine[], near: number, text: string): BlamedLine | null {
  const same = lines.filter((each) => each.text.trim() === text.trim());
  return same.reduce<BlamedLine | null>((best, each) => {
    return best === null || Math.abs(each.line - near) < Math.abs(best.line - near) ? each : best;
  }, null);
}
