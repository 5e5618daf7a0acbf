/** Adding to YAML somebody wrote: what is added is there, and everything else is where it was, comments and all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { addToList } from '../../../src/core/init/add-to-list.ts';

const ITEM = { ecosystem: 'npm', schedule: { interval: 'weekly' } };

/** The lines of `text` that `grown` lost or moved. */
function lost(text: string, grown: string): readonly string[] {
  const lines = grown.split(/\r?\n/);
  let at = -1;
  return text.split(/\r?\n/).filter((line) => {
    const next = lines.indexOf(line, at + 1);
    if (next !== -1) at = next;
    return line !== '' && next === -1;
  });
}

describe('adding to a list', () => {
  it.each<[string, string]>([
    ['an indented list', '# top\nversion: 2\nupdates:\n  # first\n  - a: 1 # one\n    b: "x"\n'],
    ['a list at the margin', 'updates:\n- a: 1\n- b: 2 # two\n# end\n'],
    ['a list in the middle', 'updates:\n  - a: 1\n\n# registries below\nregistries: {}\n'],
    ['items set apart by blank lines', 'updates:\n  - a: 1\n\n  # two\n  - b: 2\n'],
    ['a file without a line end', 'updates:\n  - a: 1'],
    ['Windows line ends', 'version: 2\r\nupdates:\r\n  - a: 1\r\n'],
    ['a key that is not there', '# nothing yet\nversion: 2\n'],
    ['tags of a CI service', 'updates:\n  - a: 1\njob:\n  script: !reference [.base, script]\n'],
    ['anchors', 'base: &b {x: 1}\nupdates:\n  - <<: *b\n'],
  ])('keeps %s', (_what, text) => {
    const grown = addToList(text, 'updates', [ITEM]) ?? '';
    expect(lost(text, grown)).toEqual([]);
    expect((parse(grown, { logLevel: 'silent' }) as { updates: unknown[] }).updates.at(-1)).toEqual(ITEM);
    if (text.includes('\r\n')) expect(grown.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('leaves a blank line where its neighbours do', () => {
    expect(addToList('updates:\n  - a: 1\n\n  - b: 2\n', 'updates', [{ c: 3 }])).toBe(
      'updates:\n  - a: 1\n\n  - b: 2\n\n  - c: 3\n',
    );
  });

  it('turns a list in brackets, and an empty one, into a plain list', () => {
    expect(addToList('updates: [{a: 1}]\n', 'updates', [{ b: 2 }])).toContain('  - b: 2\n');
    expect(parse(addToList('updates:\n', 'updates', [{ b: 2 }]) ?? '')).toEqual({ updates: [{ b: 2 }] });
  });

  it.each([
    ['no map', '- a\n'],
    ['something else under the key', 'updates: 3\n'],
    ['a map under the key', 'updates:\n  a: 1\n'],
    ['a repeated key', 'updates: []\nupdates: []\n'],
    ['broken YAML', 'updates: [\n'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(addToList(text, 'updates', [ITEM])).toBeNull();
  });

  it('adds to whatever the library writes, and changes nothing else of it', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const item = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), leaf, { minKeys: 1, maxKeys: 3 });
    const whole = fc.record({
      first: leaf,
      updates: fc.array(item, { maxLength: 4 }),
      last: fc.oneof(leaf, fc.array(leaf, { maxLength: 2 })),
    });
    fc.assert(
      fc.property(whole, fc.array(item, { minLength: 1, maxLength: 3 }), fc.boolean(), (value, items, indentSeq) => {
        const grown = addToList(stringify(value, { indentSeq }), 'updates', items);
        expect(parse(grown ?? '')).toEqual({ ...value, updates: [...value.updates, ...items] });
      }),
    );
  });
});
