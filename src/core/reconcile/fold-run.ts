/** Adds the event of a run up to what is known: which places were looked at in full, and when. */
import type { LedgerBody } from '../model/ledger.ts';
import { placeOf } from './ledger-state.ts';
import type { FullLook } from './ledger-state.ts';

type RunBody = Extract<LedgerBody, { type: 'run-recorded' }>;
type RunTarget = RunBody['targets'][number];

/** A place counts as looked at where every audit that answered for it looked in full. */
export function addLooks(looks: Map<string, FullLook>, { targets }: RunBody, at: string): void {
  const deciding = targets.filter(({ secondOpinion }) => secondOpinion !== true);
  const short = deciding.filter((target) => !isFull(target)).map(placeOfTarget);
  for (const target of deciding) {
    const place = placeOfTarget(target);
    if (!short.includes(place)) looks.set(place, look(target, at, looks.get(place)));
  }
}

function placeOfTarget({ ecosystem, path }: RunTarget): string {
  return placeOf(ecosystem, path);
}

function isFull({ outcome, audited, skipped, packages }: RunTarget): boolean {
  return outcome === 'audited' && audited + skipped >= packages;
}

const NONE: FullLook['passedOver'] = new Map();

function look({ skippedPackages = [] }: RunTarget, at: string, before: FullLook | undefined): FullLook {
  if (skippedPackages.length === 0) return { at, passedOver: NONE };
  const lastAsked = (name: string): string | undefined =>
    before?.passedOver.has(name) === true ? before.passedOver.get(name) : before?.at;
  return { at, passedOver: new Map(skippedPackages.map(({ name }) => [name, lastAsked(name)])) };
}
