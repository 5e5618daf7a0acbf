/** What a run changed: every opening, return and end that it recorded, and nothing else. */
import { describe, expect, it } from 'vitest';
import type { RunChanges } from '../../../src/core/model/report.ts';
import { changesOf } from '../../../src/core/reconcile/changes-of-run.ts';
import { dateFindings } from '../../../src/core/reconcile/date-findings.ts';
import type { Observation } from '../../../src/core/reconcile/observation.ts';
import { audited, createTestLedger, day, observed, sighting } from '../../support/observed.ts';
import type { TestLedger } from '../../support/observed.ts';

const KEY = 'npm:web:left:GHSA-a';
const upgraded = observed([], { audits: [audited('web', { left: '2.0.0' })] });

/** Records a run as the pipeline does, and tells its changes. */
function run(ledger: TestLedger, observation: Observation, at: string): RunChanges {
  const before = ledger.state();
  const findings = observation.sightings.map(({ finding }) => finding);
  const dated = dateFindings(before, findings, observation, at);
  return changesOf(before, ledger.record(observation, at), dated);
}

describe('a finding through its life', () => {
  const ledger = createTestLedger();

  it('is new at the first run, which has none before it', () => {
    expect(run(ledger, observed([sighting()]), day(1))).toEqual({ opened: [KEY], back: [], cleared: [] });
  });

  it('is no news the night after', () => {
    expect(run(ledger, observed([sighting()]), day(2))).toEqual({
      previousRun: day(1),
      opened: [],
      back: [],
      cleared: [],
    });
  });

  it('is cleared, with how and since when it was known', () => {
    const { cleared } = run(ledger, upgraded, day(3));
    expect(cleared).toEqual([
      expect.objectContaining({ package: 'left', advisory: 'GHSA-a', by: 'upgraded', firstSeen: day(1) }),
    ]);
  });

  it('is back again after a downgrade', () => {
    expect(run(ledger, observed([sighting()]), day(4))).toMatchObject({ opened: [], back: [KEY], cleared: [] });
  });

  it('is back again when it was gone though nothing had changed', () => {
    const { cleared } = run(ledger, observed([]), day(5));
    expect(cleared.map(({ by }) => by)).toEqual(['no-longer-affected']);
    expect(run(ledger, observed([sighting()]), day(6))).toMatchObject({ opened: [], back: [KEY] });
  });
});

it('does not take two findings that turn out to be one for a cleared one, nor a split for a new one', () => {
  const ledger = createTestLedger();
  run(ledger, observed([sighting(['GHSA-a']), sighting(['PYSEC-1'])]), day(1));
  expect(run(ledger, observed([sighting(['GHSA-a', 'PYSEC-1'])]), day(2))).toMatchObject({
    opened: [],
    back: [],
    cleared: [],
  });
});

it('says nothing of what could not be looked at', () => {
  const ledger = createTestLedger();
  run(ledger, observed([sighting()]), day(1));
  expect(run(ledger, { ...upgraded, offline: true }, day(2)).cleared).toEqual([]);
});
