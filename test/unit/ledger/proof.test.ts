/** What a ledger proves, what an anchor adds, and what stays unproven is said. */
import { describe, expect, it } from 'vitest';
import { anchorLine, makeAnchor, readAnchors } from '../../../src/core/ledger/anchor.ts';
import type { Anchor } from '../../../src/core/ledger/anchor.ts';
import { describeProof } from '../../../src/core/ledger/describe-proof.ts';
import { proveChain } from '../../../src/core/ledger/prove-chain.ts';
import type { ProofRequest } from '../../../src/core/ledger/prove-chain.ts';
import { format, makeLines } from '../../support/ledger-values.ts';

const LINES = makeLines([1, 3, 1]);
const read = (lines: readonly string[]) => format.readChain(lines, '');
const anchorOf = (lines: readonly string[]) => makeAnchor(read(lines))!;
const prove = (lines: readonly string[], anchors: readonly Anchor[] = [], over: Partial<ProofRequest> = {}) =>
  proveChain({ chain: read(lines), place: '.fixby/ledger.jsonl', problems: [], anchors, hash: format.hash, ...over });

describe('an anchor', () => {
  it('is the head on one line, the same for the same ledger', () => {
    expect(anchorLine(anchorOf(LINES))).toBe(
      `{"at":"2026-03-01T02:00:00.000Z","hash":"${format.hash(LINES[4]!)}","repository":"acme/shop","schema":"fixby.anchor/v1","seq":5}`,
    );
    expect(makeAnchor(read([]))).toBeNull();
  });

  it('is read back from a tag message; what is none is not passed over', () => {
    const anchor = anchorOf(LINES);
    expect(readAnchors(`Release 1.2.0\r\n\r\n  ${anchorLine(anchor)}\r\n`)).toEqual([anchor]);
    expect(readAnchors('{"schema":"fixby.anchor/v1"}\n{not json')).toEqual([null, null]);
    expect(readAnchors('nothing')).toEqual([]);
  });

  const rewritten = makeLines([1, 3, 1], 'acme/shop', { seq: 0, hash: '0'.repeat(64) }).map((line) =>
    line.replace('b1-1', 'zz'),
  );
  it.each([
    ['holds', LINES, anchorOf(LINES)],
    ['holds', LINES, anchorOf(LINES.slice(0, 1))],
    ['cut-off', LINES.slice(0, 4), anchorOf(LINES)],
    ['cut-off', [], anchorOf(LINES)],
    ['rewritten', rewritten, anchorOf(LINES.slice(0, 1))],
    ['rewritten', [...LINES.slice(0, 1), LINES[1]!.replace('left', 'loft'), ...LINES.slice(2)], anchorOf(LINES)],
    ['other-repository', LINES, anchorOf(makeLines([1], 'acme/other'))],
  ])('%s', (status, lines, anchor) => {
    const proof = prove(lines, [anchor]);
    expect(proof.anchors.map((check) => check.status)).toEqual([status]);
    expect(proof.sound).toBe(status === 'holds');
  });

  it.each([
    ['unsigned', undefined, true],
    ['signature-wrong', 'AAAA', false],
    ['holds', 'AAAA', true],
  ])('with a key to check: %s', (status, signature, isRight) => {
    const anchor = { ...anchorOf(LINES), ...(signature === undefined ? {} : { signature }) };
    const proof = prove(LINES, [anchor], { verify: () => isRight });
    expect(proof.anchors[0]?.status).toBe(status);
  });
});

describe('a proof', () => {
  it.each([
    ['no anchor', prove(LINES), 0, /whoever can write the ledger can cut its end off, or rewrite it/],
    ['an older anchor', prove(LINES, [anchorOf(LINES.slice(0, 1))]), 1, /^Events 2 to 5: they follow no anchor/],
    ['the last anchor but one', prove(LINES, [anchorOf(LINES.slice(0, 4))]), 4, /^Event 5: it follows no anchor/],
    ['an anchor of the head', prove(LINES, [anchorOf(LINES)]), 5, /after the last anchor/],
    ['an anchor that does not hold', prove(LINES.slice(0, 4), [anchorOf(LINES)]), 0, /Only an anchor kept elsewhere/],
    ['nothing to look at', prove([]), 0, /empty ledger proves nothing/],
  ])('says what it cannot prove: %s', (_, proof, anchoredTo, words) => {
    expect(proof.anchoredTo).toBe(anchoredTo);
    expect(proof.notProven).toMatch(words);
  });

  it('shows a sound ledger in two lines', () => {
    expect(describeProof(prove(LINES))).toBe(
      '✔ 5 events of acme/shop, 2026-03-01T02:00:00.000Z to 2026-03-01T02:00:00.000Z (.fixby/ledger.jsonl): each carries the hash of the one before.\n' +
        '! Not proven: That this is the ledger as it was written: whoever can write the ledger can cut its end off, or rewrite it from any event on with new hashes. Only an anchor kept elsewhere shows that.\n',
    );
  });

  it('names each place of a broken one, the torn end, and no more than fits a screen', () => {
    const proof = prove([...LINES.slice(0, 2), 'evil \u001b[2J', ...LINES.slice(2)]);
    expect(describeProof(proof)).toContain('✖ Line 3 is no event: "evil \\u{1b}[2J".');
    const torn = { target: null, code: 'ledger-torn', message: 'An end was left.', mend: 'Nothing.', blocks: false };
    expect(describeProof(prove(LINES, [], { problems: [torn] }))).toContain('\n! An end was left.\n  → Nothing.\n');
    expect(prove(LINES, [], { problems: [torn] }).sound).toBe(true);
    expect(prove(LINES, [], { problems: [{ ...torn, blocks: true }] }).sound).toBe(false);
    const many = prove(
      LINES.concat(
        Array.from({ length: 50 }, () => 'x'),
        LINES,
      ),
    );
    expect(describeProof(many).split('\n').length).toBeLessThan(26);
    expect(describeProof(many)).toContain('more.');
  });
});
