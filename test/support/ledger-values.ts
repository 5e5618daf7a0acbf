/** Ledger events and formats for tests: each test states only what it is about. */
import { sha256OfLine } from '../../src/adapters/lib/sha256.ts';
import { createLedgerFormat } from '../../src/core/ledger/create-format.ts';
import type { LedgerBody, LedgerHead } from '../../src/core/model/ledger.ts';
import { GENESIS } from '../../src/core/model/ledger.ts';

export const format = createLedgerFormat(sha256OfLine);

export const AT = '2026-03-01T02:00:00.000Z';

/** A finding opened in `web`; `id` is all that matters. */
export function opened(id: string): LedgerBody {
  return {
    type: 'finding-opened',
    finding: {
      id,
      target: 'web',
      ecosystem: 'npm',
      package: 'left',
      ids: ['CVE-2026-0001', 'GHSA-aaaa-2222-3333'],
      advisory: 'GHSA-aaaa-2222-3333',
      versions: ['1.0.0'],
      severity: 'high',
    },
  };
}

/** A batch of that many findings. */
export function openedMany(count: number, prefix = 'f'): readonly LedgerBody[] {
  return Array.from({ length: count }, (_, index) => opened(`${prefix}${index + 1}`));
}

/** Lines of one batch for each of `sizes`, in one chain. */
export function makeLines(
  sizes: readonly number[],
  repository = 'acme/shop',
  after: LedgerHead = GENESIS,
): readonly string[] {
  let head = after;
  return sizes.flatMap((size, index) => {
    const batch = format.writeBatch(openedMany(size, `b${index + 1}-`), { repository, at: AT, after: head });
    head = batch.head;
    return batch.lines;
  });
}
