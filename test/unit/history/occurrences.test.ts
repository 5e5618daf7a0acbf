/** Occurrences against the plainest possible way to find them, and the turns that way cannot see. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceOccurrences, type Occurrence } from '../../../src/core/history/occurrences.ts';
import type { PastWorld } from '../../../src/core/history/past-tree.ts';
import { askAbout, type Question } from '../../../src/core/history/question.ts';
import type { FileChange, PastFile, Statement } from '../../../src/core/model/past.ts';
import { flawBelow } from '../../support/trace.ts';

/** A file's content is its blob: statements such as `left@1.0.0` or `left >=1`, and `-r path`, set apart by commas. */
const statements = new Map<string, Statement>();

function readText(text: string): PastFile | null {
  if (text === 'garbage') return null;
  const parts = text.split(',').filter((part) => part !== '');
  return {
    statements: [...new Set(parts.filter((part) => !part.startsWith('-r ')).map(readStatement))],
    includes: parts.flatMap((part) => (part.startsWith('-r ') ? [part.slice(3)] : [])),
  };
}

function readStatement(text: string): Statement {
  const [name = '', version] = text.split('@');
  const [bare = '', range = ''] = text.split(' ');
  const statement = statements.get(text) ?? (version === undefined ? { name: bare, range } : { name, version });
  statements.set(text, statement);
  return statement;
}

const world: PastWorld = {
  locate: (path) => {
    const [folder = '.', name = folder] = path.includes('/') ? path.split('/') : ['.', path];
    const kind = name === 'lock' ? 'uv-lock' : 'requirements';
    return { source: { path, kind }, ecosystem: 'PyPI', target: folder === 'inc' ? null : folder };
  },
  choose: (_ecosystem, sources) => sources,
  read: (_located, blob) => readText(blob),
};

const LEFT = askAbout(
  'left',
  { ecosystem: 'PyPI', package: 'left', records: [flawBelow('2', 'left', 'PyPI')], versions: [] },
  { trustRanges: false },
);
const RIGHT = askAbout(
  'right',
  { ecosystem: 'PyPI', package: 'right', records: [flawBelow('5', 'right', 'PyPI')], versions: [] },
  { trustRanges: false },
);

/** Each commit as the files it writes; `null` deletes one. */
type Days = readonly Readonly<Record<string, string | null>>[];

function commitsOf(days: Days): readonly { readonly changes: readonly FileChange[] }[] {
  return days.map((files) => ({
    changes: Object.entries(files).map(([path, blob]) => (blob === null ? { path } : { path, blob })),
  }));
}

const trace = (days: Days, questions: readonly Question[] = [LEFT]): readonly Occurrence[] =>
  traceOccurrences(commitsOf(days), world, questions);

/** `target start-end how versions`, and `<` for one that is back. */
function describeOccurrence({ question, target, start, end, versions, previous }: Occurrence): string {
  const ended = end === undefined ? '' : `${end.commit} ${end.how}`;
  return `${previous === undefined ? '' : '< '}${question} ${target} ${start}-${ended} ${versions.join(' ')}`.trim();
}

describe('traceOccurrences', () => {
  it.each<[string, Days, readonly string[]]>([
    [
      'a bump that does not help, and one that does',
      [{ 'a/lock': 'left@1' }, { 'a/lock': 'left@1.5' }, { 'a/lock': 'left@2' }],
      ['left a 0-2 upgraded 1 1.5'],
    ],
    [
      'a removal, and a return',
      [{ 'a/lock': 'left@1' }, { 'a/lock': 'x@1' }, { 'a/lock': 'left@1' }],
      ['left a 0-1 removed 1', '< left a 2- 1'],
    ],
    [
      'a second version beside it',
      [{ 'a/lock': 'left@1' }, { 'a/lock': 'left@1,left@2' }, { 'a/lock': 'left@2' }],
      ['left a 0-2 upgraded 1'],
    ],
    [
      'two files that state it',
      [{ 'a/x': 'left@1' }, { 'a/y': 'left@1' }, { 'a/x': '' }, { 'a/y': '' }],
      ['left a 0-3 removed 1'],
    ],
    [
      'two targets',
      [{ 'a/lock': 'left@1', 'b/lock': 'left@1' }, { 'b/lock': '' }],
      ['left a 0- 1', 'left b 0-1 removed 1'],
    ],
    [
      'garbage in between',
      [{ 'a/lock': 'left@1' }, { 'a/lock': 'garbage' }, { 'a/lock': 'left@2' }],
      ['left a 0-2 upgraded 1'],
    ],
    ['a lock that goes', [{ 'a/lock': 'left@1' }, { 'a/lock': null }, { 'b/x': '' }], ['left a 0-1 unseen 1']],
    [
      'a lock that goes and comes back without it',
      [{ 'a/lock': 'left@1' }, { 'a/lock': null }, { 'a/lock': 'x@1' }],
      ['left a 0-2 removed 1'],
    ],
    [
      'a lock that goes and comes back with it',
      [{ 'a/lock': 'left@1' }, { 'a/lock': null }, { 'a/lock': 'left@1' }],
      ['left a 0- 1'],
    ],
    [
      'a lock that leaves ranges behind',
      [{ 'a/lock': 'left@1', 'a/x': 'left >=1' }, { 'a/lock': null }],
      ['left a 0-1 unseen 1'],
    ],
    ['a pin that becomes a range', [{ 'a/x': 'left@1' }, { 'a/x': 'left >=1' }], ['left a 0-1 unpinned 1']],
    [
      'a pin that becomes a range of fixed versions',
      [{ 'a/x': 'left@1' }, { 'a/x': 'left >=2' }],
      ['left a 0-1 upgraded 1'],
    ],
    [
      'a pin that becomes a range and a pin again',
      [{ 'a/x': 'left@1' }, { 'a/x': 'left' }, { 'a/x': 'left@1.2' }],
      ['left a 0- 1 1.2'],
    ],
    [
      'a pin that becomes a range and then is gone',
      [{ 'a/x': 'left@1' }, { 'a/x': 'left' }, { 'a/x': '' }],
      ['left a 0-2 removed 1'],
    ],
    ['an open range alone', [{ 'a/x': 'left' }], []],
    ['a folder that moves', [{ 'a/lock': 'left@1,x@1' }, { 'a/lock': null, 'b/lock': 'left@1,x@1' }], ['left b 0- 1']],
    [
      'a folder that moves while it is fixed',
      [{ 'a/lock': 'left@1,x@1,y@1' }, { 'a/lock': null, 'b/lock': 'left@2,x@1,y@1' }],
      ['left a 0-1 removed 1'],
    ],
    [
      'a folder that moves into what has it longer',
      [{ 'b/x': 'left@1' }, { 'a/lock': 'left@1' }, { 'a/lock': null, 'b/lock': 'left@1' }],
      ['left b 0- 1', 'left a 1-2 removed 1'],
    ],
    [
      'a file that moves and leaves another behind',
      [{ 'a/x': 'left@1', 'a/y': 'left@1' }, { 'b/z': 'q@1' }, { 'a/x': null, 'b/x': 'left@1' }],
      ['left a 0- 1', 'left b 0- 1'],
    ],
    [
      'a return after a move',
      [
        { 'a/lock': 'left@1,x@1' },
        { 'a/lock': null, 'b/lock': 'left@1,x@1' },
        { 'b/lock': 'x@1' },
        { 'b/lock': 'left@1,x@1' },
      ],
      ['left b 0-2 removed 1', '< left b 3- 1'],
    ],
    [
      'an included file',
      [{ 'a/x': '-r inc/base' }, { 'inc/base': 'left@1' }, { 'inc/base': '' }],
      ['left a 1-2 removed 1'],
    ],
    [
      'an include that is dropped',
      [{ 'a/x': '-r inc/base', 'inc/base': 'left@1' }, { 'a/x': 'y@1' }],
      ['left a 0-1 removed 1'],
    ],
    [
      'includes in a circle',
      [{ 'a/x': '-r inc/one', 'inc/one': '-r inc/two', 'inc/two': '-r inc/one,left@1' }],
      ['left a 0- 1'],
    ],
  ])('follows %s', (_, days, expected) => {
    expect(trace(days).map(describeOccurrence)).toEqual(expected);
  });

  it('finds exactly what reading every file of every commit finds', () => {
    const version = fc.constantFrom('1', '1.5', '2', '4', '5');
    const statement = fc
      .tuple(fc.constantFrom('left', 'right', 'x', 'y'), version)
      .map(([name, at]) => `${name}@${at}`);
    const text = fc.oneof(
      {
        weight: 9,
        arbitrary: fc
          .array(fc.oneof({ weight: 5, arbitrary: statement }, fc.constant('-r inc/base')), { maxLength: 5 })
          .map((parts) => parts.join(',')),
      },
      fc.constant('garbage'),
    );
    const path = fc.constantFrom('a/x', 'a/y', 'b/x', 'inc/base');
    const commit = fc.dictionary(path, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 12 }), (days) => {
        const found = trace(days, [LEFT, RIGHT]).map(({ question, target, start, end }) => [
          question,
          target,
          start,
          end?.commit,
        ]);
        expect(found.sort()).toEqual([...readEverything(days, [LEFT, RIGHT])].sort());
      }),
      { numRuns: 500 },
    );
  });
});

/** [question, target, first commit, commit that left none], by reading all files of all commits. */
function readEverything(
  days: Days,
  questions: readonly Question[],
): readonly (readonly [string, string, number, number | undefined])[] {
  const files = new Map<string, PastFile>();
  const open = new Map<string, number>();
  const found: [string, string, number, number | undefined][] = [];
  days.forEach((commit, at) => {
    for (const [path, text] of Object.entries(commit)) {
      const file = text === null ? null : readText(text);
      if (file !== null) files.set(path, file);
    }
    for (const question of questions) {
      for (const target of ['a', 'b']) {
        const key = JSON.stringify([question.id, target]);
        const own = [...files].filter(([path]) => path.startsWith(`${target}/`)).map(([, file]) => file);
        const base = files.get('inc/base');
        const all = base !== undefined && own.some(({ includes }) => includes.length > 0) ? [...own, base] : own;
        const isThere = all.some((file) =>
          file.statements.some((one) => one.name === question.package && question.hear(one) === 'carries'),
        );
        const start = open.get(key);
        if (isThere && start === undefined) open.set(key, at);
        if (isThere || start === undefined) continue;
        found.push([question.id, target, start, at]);
        open.delete(key);
      }
    }
  });
  for (const [key, start] of open) found.push([...(JSON.parse(key) as [string, string]), start, undefined]);
  return found;
}
