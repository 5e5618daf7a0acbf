/** Reading and editing `.fixby/exceptions.yaml`: everything that is wrong at once, each with its place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addException, checkNewException } from '../../../src/core/exceptions/add-exception.ts';
import { EXCEPTIONS_FILE, readExceptions } from '../../../src/core/exceptions/read-exceptions.ts';

const ENTRY = {
  advisory: 'GHSA-xvch-5gv4-984h',
  reason: 'only the build uses it',
  owner: 'ada',
  approver: 'grace',
  expires: '2026-06-30',
};

const FILE = `# What we carry, and until when.
version: 1
exceptions:
  # the bundler pins it
  - advisory: CVE-2021-44906
    target: ./web/
    package: minimist
    versions: "<1.2.6"
    path: mkdirp>minimist
    reason: only the build uses it # see the ticket
    owner: ada
    approver: grace
    expires: 2026-06-30
    ticket: SEC-12
`;

function read(text: string): ReturnType<typeof readExceptions> {
  return readExceptions({ path: EXCEPTIONS_FILE, text });
}

function complaints(text: string): readonly string[] {
  const reading = read(text);
  return reading.ok ? [] : reading.problems.map(({ message, mend }) => `${message} ${mend}`);
}

describe('reading', () => {
  it('takes every key, and says in which line an entry stands', () => {
    expect(read(FILE)).toEqual({
      ok: true,
      exceptions: [
        {
          advisory: 'CVE-2021-44906',
          target: 'web',
          package: 'minimist',
          versions: '<1.2.6',
          path: 'mkdirp > minimist',
          reason: 'only the build uses it',
          owner: 'ada',
          approver: 'grace',
          expires: '2026-06-30',
          ticket: 'SEC-12',
          line: 5,
        },
      ],
    });
  });

  it.each(['', '# nothing yet\n', 'exceptions:\n', 'exceptions: []\n', 'version: 1\n'])('takes %j as none', (text) => {
    expect(read(text)).toEqual({ ok: true, exceptions: [] });
  });

  it('takes a missing file as none', () => {
    expect(readExceptions(null)).toEqual({ ok: true, exceptions: [] });
  });

  it('says everything that is wrong at once, each with its place', () => {
    const text = 'exceptions:\n  - advisory: minimist\n    reson: x\n    owner: ada\n    expires: 30.06.2026\n';
    expect(complaints(text)).toEqual([
      '.fixby/exceptions.yaml:2:5: exceptions[0].approver is missing. It must be text; put it in quotes if it looks like a number.',
      '.fixby/exceptions.yaml:2:5: exceptions[0].reason is missing. It must be text; put it in quotes if it looks like a number.',
      '.fixby/exceptions.yaml:2:15: exceptions[0].advisory is "minimist". It must be an advisory id such as GHSA-xvch-5gv4-984h or CVE-2021-44906.',
      '.fixby/exceptions.yaml:3:5: exceptions[0].reson is not a key of the exceptions. Allowed here: advisory, target, package, versions, path, reason, owner, approver, expires, ticket. Did you mean reason?',
      '.fixby/exceptions.yaml:5:14: exceptions[0].expires is "30.06.2026". It must be a day such as 2026-12-25.',
    ]);
  });

  it.each([
    ['expires: 2026-02-30', 'must be a day of the calendar'],
    ['expires: never', 'must be a day such as'],
    ['target: ../other', 'must not leave the repository'],
    ['target: /srv/web', 'must be a path inside the repository'],
    ['versions: "<<1"', 'must be a version range'],
    ['path: "> minimist"', 'must be package names joined by ">"'],
    ['owner: ""', 'must not be empty'],
    ['ticket: 12', 'must be text'],
  ])('refuses %s', (line, wanted) => {
    const [key = ''] = line.split(':');
    const rest = Object.entries(ENTRY).filter(([name]) => name !== key);
    const text = `exceptions:\n  - ${[line, ...rest.map(([name, value]) => `${name}: ${value}`)].join('\n    ')}\n`;
    expect(complaints(text)).toEqual([expect.stringContaining(wanted)]);
  });

  it.each([
    'exceptions: {',
    'a: &a [*a]',
    '[1, 2]',
    'exceptions: 3',
    '\uFFFD',
    'exceptions: [{__proto__: {}}]',
    '--- a\n--- b',
  ])('refuses %j in words', (text) => expect(complaints(text).length).toBeGreaterThan(0));

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof read(text).ok === 'boolean'));
  });
});

describe('adding', () => {
  it('keeps what stands there, comments included', () => {
    const text = addException(FILE, ENTRY);
    expect(text).toBe(
      FILE.replace('expires: 2026-06-30\n    ticket: SEC-12\n', '$&') +
        '  - advisory: GHSA-xvch-5gv4-984h\n    reason: only the build uses it\n    owner: ada\n    approver: grace\n    expires: 2026-06-30\n',
    );
  });

  it.each([null, '', 'version: 1\n', 'exceptions:\n', 'exceptions: []\n', '# a comment\n'])(
    'begins a list in %j',
    (text) => {
      expect(read(addException(text, ENTRY))).toEqual({
        ok: true,
        exceptions: [{ ...ENTRY, line: expect.any(Number) as number }],
      });
    },
  );

  it('writes what is read back, whatever the words', () => {
    const said = fc
      .string({ minLength: 1, maxLength: 200, unit: 'grapheme' })
      .filter((text) => checkNewException({ ...ENTRY, reason: text }).ok);
    fc.assert(
      fc.property(said, (reason) => {
        const reading = read(addException(FILE, { ...ENTRY, reason }));
        expect(reading.ok && reading.exceptions[1]?.reason).toBe(reason);
      }),
    );
  });

  it('refuses words whose bytes were lost, which no reading would take back', () => {
    expect(checkNewException({ ...ENTRY, reason: 'lost \u{FFFD} bytes' }).ok).toBe(false);
  });

  it('refuses everything that cannot be used at once', () => {
    const { advisory, reason, approver } = ENTRY;
    const checked = checkNewException({ advisory, reason, approver, expires: 'soon' });
    expect(checked.ok ? [] : checked.problems.map(({ message, mend }) => `${message} ${mend}`)).toEqual([
      '--owner is missing. It must be text; put it in quotes if it looks like a number.',
      '--expires is "soon". It must be a day such as 2026-12-25.',
    ]);
  });
});
