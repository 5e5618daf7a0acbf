/** Looks at a chain from elsewhere, or under suspicion: every link, every byte and every fact. */
import type { ChainFault, ChainReading, LineHash } from '../model/ledger-format.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import { parseLine } from './envelope.ts';
import { canonicalFault, describeFaults, tornFault } from './faults.ts';
import { readChain } from './read-chain.ts';
import { readEvent } from './read-events.ts';

/** As `readChain`, several times slower, and with a torn end as a fault. */
export function examineChain(lines: readonly string[], hash: LineHash): ChainReading {
  const reading = readChain(lines, '', hash);
  const linked = new Map(reading.faults.map((fault) => [fault.line, fault]));
  const faults = reading.lines.flatMap((line, at) => linked.get(at + 1) ?? examineLine(line, at + 1) ?? []);
  if (reading.torn !== '') faults.push(tornFault(reading.lines.length + 1));
  const problem = describeFaults(faults);
  return { ...reading, faults, ...(problem === undefined ? {} : { problem }) };
}

function examineLine(text: string, line: number): ChainFault | undefined {
  const event = readEvent(text, line);
  if ('kind' in event) return event;
  return canonicalJson(parseLine(text)) === text ? undefined : canonicalFault(line);
}
