/** The promise that dependencies are updated by Dependabot or Renovate: everywhere, as often and in the way it is said. */
import { findHeldBack, judgeCoverage } from './dependabot/coverage.ts';
import { readDependabot, type UpdateEntry } from './dependabot/read-dependabot.ts';
import { judgeGroups, judgeRhythm } from './dependabot/rhythm.ts';
import { judgeNamed, narrowEntries, narrowFacts, scopeOf } from './dependabot/scope.ts';
import { broken, cannotTell } from './evidence.ts';
import { readPeriod, type Period } from './period.ts';
import { judgeRenovate, judgeRenovateGroups, judgeRenovateRhythm, readRenovate } from './renovate.ts';
import { isAsserted, isStatement } from './wording.ts';
import type { Program } from '../model/program.ts';
import type { Claim, Evidence, Passage, PromiseFacts, PromiseKind } from '../model/promise.ts';

type Tool = 'Dependabot' | 'Renovate';

export const updatesAutomated: PromiseKind = {
  name: 'updates-automated',
  title: 'Dependencies are updated automatically',
  find: (passages) => passages.filter(isStatement).flatMap(claimsOf),
};

const UPDATES = /\b(?:updat|upgrad|bump|pull request|PRs?\b|version)/i;
const SECURITY = /\b(?:secur|vulnerab|advisor|alert|CVE)/i;
const GROUPS = /\bgroup(?:s|ed|ing)?\b/i;
const ENABLED =
  /\b(?:enabled|uses?|using|active|configured|runs?|monitor|automat|manag|keep|kept|open|updat|scan|check)/i;
/** Dependabot's security updates and alerts, which no entry of its file switches on. */
const SECURITY_ONLY = /\bsecurity (?:updates?|patch(?:es)?|fix(?:es)?|alerts?|pull requests?|PRs?)\b|\balerts?\b/i;
/** What people do with what the tool brings. */
const BY_PEOPLE = /\b(?:merg|review|triag|approv|look at|go through)\w*/i;
const UNNAMED =
  /\bautomat\w*\b.{0,60}\b(?:dependenc\w+|packages?|librar\w+)\b.{0,40}\b(?:updat|upgrad|bump)|\b(?:dependenc\w+|packages|librar\w+)\b.{0,40}\b(?:(?:updated|upgraded|bumped|kept up[ -]to[ -]date)\b.{0,20}\bautomat|automatically (?:updated|upgraded|bumped|kept up[ -]to[ -]date))/i;

function claimsOf(passage: Passage): readonly Claim[] {
  const { text, above } = passage;
  if (!isAsserted(text)) return [];
  const own = toolIn(text);
  const tool = own ?? (passage.kind === 'item' ? toolIn(above[0] ?? '') : null);
  if (tool === null) return UNNAMED.test(text) ? [general(passage, null)] : [];
  const period = readPeriod(text);
  const named = own !== null && ENABLED.test(text);
  const isFile = passage.codes.some((code) => /dependabot\.ya?ml|renovate/.test(code));
  return [
    ...(named || isFile ? [isSecurityOnly(text, tool) ? security(passage, tool, null) : general(passage, tool)] : []),
    ...(period !== null && !isSecurityOnly(text, tool) && SECURITY.test(text) && !/pull request|\bPRs?\b/i.test(text)
      ? [security(passage, tool, period)]
      : []),
    ...(period !== null && !SECURITY.test(text) && !BY_PEOPLE.test(text) && (UPDATES.test(text) || own !== null)
      ? [rhythm(passage, tool, period)]
      : []),
    ...(GROUPS.test(text) ? [groups(passage, tool)] : []),
  ];
}

function isSecurityOnly(text: string, tool: Tool): boolean {
  return tool === 'Dependabot' && SECURITY_ONLY.test(text) && !UPDATES.test(text.replace(SECURITY_ONLY, ' '));
}

function toolIn(text: string): Tool | null {
  if (/\bdependabot\b/i.test(text)) return 'Dependabot';
  return /\brenovate\b/i.test(text) ? 'Renovate' : null;
}

function general(passage: Passage, tool: Tool | null): Claim {
  // Alerts and security updates are switched on in the settings of the host; no file need say so.
  const updates = UPDATES.test(passage.text) || tool !== 'Dependabot';
  const scope = scopeOf(passage.text);
  const judgeEntries = (file: string, entries: readonly UpdateEntry[], facts: PromiseFacts): readonly Evidence[] => [
    ...judgeCoverage(file, narrowEntries(entries, scope), narrowFacts(facts, scope)),
    ...judgeNamed(file, entries, scope),
  ];
  return {
    passage,
    promise: `${tool ?? 'a tool'} updates the dependencies of every folder`,
    check: (facts) =>
      checkTool(
        tool,
        facts,
        updates,
        (file, entries) => judgeEntries(file, entries, facts),
        (file, config, all) => judgeRenovate(file, config, narrowFacts(all, scope)),
      ),
  };
}

function rhythm(passage: Passage, tool: Tool, period: Period): Claim {
  return {
    passage,
    promise: `${tool} looks for updates ${period.words}`,
    check: (facts) =>
      checkTool(
        tool,
        facts,
        true,
        (file, entries) => judgeRhythm(file, narrowEntries(entries, scopeOf(passage.text)), facts.paths, period),
        (file, config) => judgeRenovateRhythm(file, config, period),
      ),
  };
}

function groups(passage: Passage, tool: Tool): Claim {
  return {
    passage,
    promise: `${tool} groups updates`,
    check: (facts) =>
      checkTool(tool, facts, true, (file, entries) => judgeGroups(file, entries, facts.paths), judgeRenovateGroups),
  };
}

/** Both tools look for vulnerabilities when an advisory is published, whatever the schedule says; of a file only what holds that back counts. */
function security(passage: Passage, tool: Tool, period: Period | null): Claim {
  return {
    passage,
    promise: `${tool} looks for vulnerabilities${period === null ? '' : ` ${period.words}`}`,
    *check(facts) {
      const found =
        tool === 'Dependabot'
          ? yield* readHeldBack(facts)
          : yield* checkTool(tool, facts, false, () => [], judgeRenovate);
      const text = `${tool} raises security updates when an advisory appears, not by a schedule, and they are switched on in the settings of the host`;
      const mend = 'Look at the repository settings (Code security), and record it in .fixby/attestations.yaml.';
      return [
        ...found.filter(({ says }) => says === 'broken' || says === 'remark'),
        cannotTell('for-a-person', text, mend),
      ];
    },
  };
}

function* readHeldBack(facts: PromiseFacts): Program<readonly Evidence[]> {
  const reading = yield* readDependabot();
  return reading.status === 'read' ? findHeldBack(reading.file, reading.entries, facts) : [];
}

type JudgeEntries = (file: string, entries: Parameters<typeof judgeCoverage>[1]) => readonly Evidence[];
type JudgeRenovate = (
  file: string,
  config: Parameters<typeof judgeRenovate>[1],
  facts: PromiseFacts,
) => readonly Evidence[];

/** `null` for a promise that names no tool: either will do. */
function* checkTool(
  tool: Tool | null,
  facts: PromiseFacts,
  updates: boolean,
  judgeEntries: JudgeEntries,
  judgeConfig: JudgeRenovate,
): Program<readonly Evidence[]> {
  const dependabot = tool === 'Renovate' ? { status: 'missing' as const } : yield* readDependabot();
  if (dependabot.status === 'read') return judgeEntries(dependabot.file, dependabot.entries);
  if (dependabot.status === 'refused') return dependabot.faults;
  if (dependabot.status === 'unreadable') return [dependabot.doubt];
  const renovate = tool === 'Dependabot' ? { status: 'missing' as const } : yield* readRenovate();
  if (renovate.status === 'read') return judgeConfig(renovate.file, renovate.config, facts);
  return renovate.status === 'unreadable' ? [renovate.doubt] : [missing(tool, updates)];
}

function missing(tool: Tool | null, updates: boolean): Evidence {
  if (tool === 'Renovate') return noRenovate();
  const lacking = 'there is no .github/dependabot.yml';
  const mend = 'Add .github/dependabot.yml with an entry for every folder.';
  if (tool === null)
    return cannotTell(
      'no-evidence',
      `${lacking} and no Renovate configuration; another tool may do it`,
      'Name the tool in SECURITY.md.',
    );
  if (updates) return broken(lacking, mend);
  return cannotTell('for-a-person', `${lacking}; alerts alone are switched on in the settings of the host`, mend);
}

/** A Renovate that runs with a configuration of its own server needs no file. */
function noRenovate(): Evidence {
  const text = 'there is no Renovate configuration in the repository; one may lie with the service that runs it';
  return cannotTell('no-evidence', text, 'Add a renovate.json, or record it in .fixby/attestations.yaml.');
}
