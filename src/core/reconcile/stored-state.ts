/** What a ledger says as JSON and back: what a checkpoint holds. */
import * as z from 'zod';
import { findingFactsSchema } from '../model/ledger-facts.ts';
import { CLOSED_BY, ledgerExceptionSchema, policyChangedSchema, runRecordedSchema } from '../model/ledger.ts';
import type { FullLook, KnownFinding, LedgerState } from './ledger-state.ts';
import { ECOSYSTEMS } from '../model/ecosystem.ts';

/** Raised whenever the same events add up to something else, or this form changes: an older state is not believed then. */
export const STATE_FORM = 1;

const instant = z.string();
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);
const closedBy = z.enum(CLOSED_BY);
const moment = z.object({ at: instant, event: z.number() });

const findingSchema = z.object({
  id: z.string(),
  target: z.string(),
  ecosystem: z.enum(ECOSYSTEMS),
  package: z.string(),
  ids: z.array(z.string()),
  everIds: z.array(z.string()),
  advisory: z.string(),
  versions: z.array(z.string()),
  severity: level,
  severityHistory: z.array(z.object({ at: instant, level })),
  firstSeen: moment,
  moves: z.array(z.object({ at: instant, from: z.string() })),
  absences: z.array(z.object({ from: instant, to: instant, by: closedBy })),
  provisional: z.boolean(),
  back: z.exactOptional(z.string()),
  facts: z.exactOptional(findingFactsSchema),
  closed: z.exactOptional(moment.extend({ by: closedBy, into: z.exactOptional(z.string()) })),
});

const lookSchema = z.object({
  place: z.string(),
  at: instant,
  /** `null`: no full look ever asked about it. */
  passedOver: z.array(z.tuple([z.string(), instant.nullable()])),
});

const stateSchema = z.object({
  findings: z.array(findingSchema),
  policy: policyChangedSchema.extend(moment.shape).nullable(),
  exceptions: z.array(
    z.object({
      exception: ledgerExceptionSchema,
      added: moment,
      expired: z.exactOptional(moment),
      removed: z.exactOptional(moment),
    }),
  ),
  releases: z.array(z.object({ tag: z.string(), version: z.string(), at: instant, commit: z.string() })),
  looks: z.array(lookSchema),
  lastRun: runRecordedSchema.extend(moment.shape).nullable(),
  runs: z.number(),
  events: z.number(),
  began: z.exactOptional(instant),
  ended: z.exactOptional(instant),
  misdated: z.array(z.number()),
});

const storedSchema = z.object({ form: z.literal(STATE_FORM), state: stateSchema });

type Stored = z.input<typeof storedSchema>;

/** As JSON; `readState` gives an equal state back. */
export function storeState(state: LedgerState): unknown {
  const findings = [...state.findings.values()].map((finding) => ({ ...finding, everIds: [...finding.everIds] }));
  const looks = [...state.looks].map(([place, look]) => storeLook(place, look));
  return { form: STATE_FORM, state: { ...state, findings, looks, releases: [...state.releases.values()] } };
}

function storeLook(place: string, { at, passedOver }: FullLook): Stored['state']['looks'][number] {
  return { place, at, passedOver: [...passedOver].map(([name, asked]) => [name, asked ?? null]) };
}

/** `null` for what is no state of this form. */
export function readState(stored: unknown): LedgerState | null {
  const { data } = storedSchema.safeParse(stored);
  if (data === undefined) return null;
  const { findings, releases, looks, ...rest } = data.state;
  return {
    ...rest,
    findings: new Map(findings.map((finding): [string, KnownFinding] => [finding.id, readFinding(finding)])),
    releases: new Map(releases.map((release) => [release.tag, release])),
    looks: new Map(looks.map(({ place, at, passedOver }) => [place, { at, passedOver: readNames(passedOver) }])),
  };
}

function readFinding(finding: z.output<typeof findingSchema>): KnownFinding {
  return { ...finding, everIds: new Set(finding.everIds) };
}

function readNames(passedOver: z.output<typeof lookSchema>['passedOver']): FullLook['passedOver'] {
  return new Map(passedOver.map(([name, asked]) => [name, asked ?? undefined]));
}
