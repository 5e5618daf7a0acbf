/** Decides whether a policy was kept over a period, and what the ledger cannot show. */
import type { PeriodReport } from '../model/period-report.ts';

export type PeriodFacts = Pick<PeriodReport, 'period' | 'ledger' | 'policies' | 'runs' | 'summary' | 'unchecked'>;

/** 1 wins over 3 here as anywhere: a broken policy is broken even where something is not known. */
export function judgePeriod(facts: PeriodFacts): Pick<PeriodReport, 'verdict' | 'sentence' | 'broken' | 'open'> {
  const broken = brokenIn(facts);
  const open = openIn(facts);
  const verdict = broken.length > 0 ? 'fail' : open.length > 0 ? 'inconclusive' : 'pass';
  return { verdict, sentence: sentenceOf(verdict, facts), broken: [...broken], open: [...open] };
}

function totalOf({ summary }: PeriodFacts): PeriodReport['summary'][number] | undefined {
  return summary.find(({ severity }) => severity === 'all');
}

function brokenIn(facts: PeriodFacts): readonly string[] {
  const { late = 0, overdue = 0 } = totalOf(facts) ?? {};
  return [
    ...(overdue > 0 ? [`${count(overdue, 'finding')} ${overdue === 1 ? 'is' : 'are'} open and overdue.`] : []),
    ...(late > 0 ? [`${count(late, 'finding')} ${late === 1 ? 'was' : 'were'} fixed after the window had ended.`] : []),
  ];
}

function openIn({ period, ledger, policies, runs, unchecked }: PeriodFacts): readonly string[] {
  const missed = runs.missed.reduce((sum, { count: number }) => sum + number, 0);
  const began = ledger.began !== undefined && ledger.began > period.from ? ledger.began.slice(0, 10) : undefined;
  const silent = unchecked.reduce((most, gap) => Math.max(most, gap.runs), 0);
  return [
    ...(runs.count === 0 ? ['No run was recorded in the period.'] : []),
    ...(missed > 0 ? [`${count(missed, 'expected run')} did not take place.`] : []),
    ...(runs.everyMs === undefined
      ? ['No schedule is configured (`schedule.every`), so nobody can tell whether every expected run took place.']
      : []),
    ...(began === undefined ? [] : [`The ledger began on ${began}: of the time before nothing is known.`]),
    ...(policies.length === 0 ? ['No policy was recorded for the period.'] : []),
    ...(silent > 0 ? [`Something could not be looked at in up to ${count(silent, 'run')}.`] : []),
    ...(period.seenUntil < period.to
      ? [`The period is not over: it is told until ${period.seenUntil.slice(0, 10)}.`]
      : []),
  ];
}

function sentenceOf(verdict: PeriodReport['verdict'], facts: PeriodFacts): string {
  const { within = 0, late = 0, overdue = 0, share = null } = totalOf(facts) ?? {};
  const decided = within + late + overdue;
  const kept =
    share === null
      ? 'no window ended and nothing was fixed that had one'
      : `${within} of ${count(decided, 'finding')} fixed within the window (${percent(share)})`;
  const lead = {
    pass: 'The policy was kept',
    fail: 'The policy was broken',
    inconclusive: 'Nothing shows that the policy was broken, and not everything is known',
  }[verdict];
  return `${lead}: ${kept}; ${count(facts.runs.count, 'run')}.`;
}

/** Rounded down: 100 % only when it is all of them. */
export function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}
