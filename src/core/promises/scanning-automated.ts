/** The promise that a machine scans for vulnerabilities: that CI runs the scanner, everywhere, and fails by its result. */
import { readCi, type CiFacts } from './ci/read-ci.ts';
import { SCANNERS, scannersIn, type Scanner } from './ci/scanners.ts';
import { judgeFolder, judgePresence, type ScanPromise } from './ci/judge-scans.ts';
import { broken, cannotTell, kept } from './evidence.ts';
import { manifestsOf } from './manifests.ts';
import { readPeriod } from './period.ts';
import { isAsserted, isStatement } from './wording.ts';
import { excerpt } from '../model/text.ts';
import type { Claim, Evidence, Passage, PromiseFacts, PromiseKind } from '../model/promise.ts';

export const scanningAutomated: PromiseKind = {
  name: 'scanning-automated',
  title: 'Vulnerabilities are scanned for automatically',
  find(passages) {
    const claims = passages.flatMap((passage) => claimOf(passage, passages));
    const sections = new Set(claims.map(({ passage }) => passage.section));
    return [...claims, ...passages.filter(({ section }) => !sections.has(section)).flatMap(commandForPerson)];
  },
};

const AUTOMATION =
  /\bautomat|\bcontinuous integration\b|\bGitHub Actions?\b|\bGitLab CI\b|\bpipelines?\b|\bworkflows?\b|\b(?:every|each|all) (?:push|commit|pull request|merge request|PR|build)\b|\bnightly\b|\bdaily\b|\bweekly\b/i;
/** In small letters it is part of a path. */
const CI = /\bCI\b/;
const SCANNING = /\b(?:scan|audit|check)(?:s|ned|ning|ed|ing)?\b/i;
const SUBJECT = /\b(?:dependenc|vulnerab|packages|librar|advisor|CVE)/i;
/** What a person does, and what another promise is about. */
const ELSEWHERE = /\bdependabot\b|\brenovate\b|\b(?:third[- ]party|external|independent|annual) (?:security )?audit/i;

function claimOf(passage: Passage, passages: readonly Passage[]): readonly Claim[] {
  const { text, above } = passage;
  if (!isStatement(passage) || !isAsserted(text)) return [];
  const named = scannersIn(text);
  const about = [text, ...(passage.kind === 'item' ? above.slice(0, 1) : [])];
  const elsewhere = about.some((each) => ELSEWHERE.test(each));
  if (named.length === 0 && (elsewhere || !(SCANNING.test(text) && SUBJECT.test(text)))) return [];
  const automatic = isAutomatic(text) || (named.length > 0 && above.some(isAutomatic));
  if (!automatic) return USED.test(text) ? named.map((scanner) => toUse(passage, scanner)) : [];
  const scanners = named.length > 0 ? named : scannersBelow(passage, passages);
  return [toClaim(passage, { scanners, ...wishesOf(text) })];
}

/** Said of a scanner that is run, without a word of by whom or when. */
const USED =
  /\b(?:we|our (?:team|project)|the (?:project|team)|maintainers)\b.{0,40}\b(?:run|use|scan|audit|monitor|check|analy[sz]e)\b|\b(?:is|are) (?:\w+ )?(?:scanned|audited|monitored|checked|analy[sz]ed|watched)\b/i;

/** CI may show it, and need not: it can be a service, or a person. */
function toUse(passage: Passage, scanner: Scanner): Claim {
  const { name } = scanner;
  return {
    passage,
    promise: `${name} is used`,
    *check(facts) {
      const ci = yield* readCi(facts.paths);
      const steps = ci.steps.filter(({ scanner }) => scanner.name === name);
      const step = steps.find(({ silenced, unsure }) => silenced === null && unsure === null);
      if (step !== undefined) {
        return [kept(`${name} runs in the job ${excerpt(step.job)}`, { file: step.file, line: step.line })];
      }
      const where = steps.length === 0 ? 'no file of CI runs it' : 'what CI runs of it does not count, or not always';
      const mend = `Say where ${name} runs, or run it in CI.`;
      return [cannotTell('no-evidence', `${where}; ${name} may run elsewhere`, mend)];
    },
  };
}

function isAutomatic(text: string): boolean {
  return AUTOMATION.test(text) || CI.test(text);
}

/** "We use automated tools:", and then the commands: what they run is what was promised. */
function scannersBelow({ section, line }: Passage, passages: readonly Passage[]): readonly Scanner[] {
  const below = passages.filter((each) => each.section === section && each.line > line && each.kind !== 'heading');
  const names = new Set(below.flatMap(({ text }) => scannersIn(text).map(({ name }) => name)));
  return SCANNERS.filter(({ name }) => names.has(name));
}

const LEVELS = ['critical', 'high', 'moderate', 'medium', 'low', 'any'] as const;

function wishesOf(text: string): Omit<ScanPromise, 'scanners'> {
  const events: ScanPromise['events'] = [
    ...(/\b(?:pull request|merge request|PRs?)\b/i.test(text) ? (['pull_request'] as const) : []),
    ...(/\b(?:push(?:es)?|commits?)\b/i.test(text) ? (['push'] as const) : []),
    ...(/\breleases?\b/i.test(text) ? (['release'] as const) : []),
  ];
  const period = readPeriod(text);
  const failing = /\b(?:fail|block|break|reject)\w*\b(.*)$/i.exec(text)?.[1] ?? '';
  const word = LEVELS.find((level) => new RegExp(`\\b${level}\\b`, 'i').test(failing));
  const level = word === undefined ? undefined : word === 'any' ? 'low' : word === 'medium' ? 'moderate' : word;
  return {
    events,
    ...(period === null ? {} : { period }),
    ...(level === undefined ? {} : { level }),
  };
}

function toClaim(passage: Passage, promise: ScanPromise): Claim {
  const { scanners } = promise;
  const who = scanners.length === 0 ? 'a scanner' : scanners.map(({ name }) => name).join(' and ');
  return {
    passage,
    promise: `CI runs ${who}, and fails by what it finds`,
    *check(facts) {
      const ci = yield* readCi(facts.paths);
      return judgeScanning(promise, ci, facts, passage);
    },
  };
}

function judgeScanning(promise: ScanPromise, ci: CiFacts, facts: PromiseFacts, { text }: Passage): readonly Evidence[] {
  if (ci.files.length === 0 && ci.doubts.length === 0) return [nothingToRead(text)];
  const lookups = promise.scanners.filter(({ ecosystems }) => ecosystems.length > 0);
  const others = promise.scanners.filter(({ ecosystems }) => ecosystems.length === 0);
  const covered = new Set((lookups.length > 0 ? lookups : SCANNERS).flatMap(({ ecosystems }) => ecosystems));
  const wantsLookup = lookups.length > 0 || promise.scanners.length === 0;
  const manifests = wantsLookup ? manifestsOf(facts).filter(({ ecosystem }) => covered.has(ecosystem)) : [];
  const evidence = [
    ...manifests.flatMap((manifest) => judgeFolder(manifest, { ...promise, scanners: lookups }, ci)),
    ...(manifests.length === 0 ? lookups : []).flatMap((scanner) => judgePresence(scanner, promise, ci)),
    ...others.flatMap((scanner) => judgePresence(scanner, promise, ci)),
  ];
  // What was seen to be so is so, whatever an unread file may hold.
  const settled = evidence.every(({ says }) => says === 'kept' || says === 'remark');
  return settled ? evidence : [...withDoubts(evidence, ci), ...ci.doubts];
}

/** A file that could not be read may do what the others do not. */
function withDoubts(evidence: readonly Evidence[], { doubts }: CiFacts): readonly Evidence[] {
  if (doubts.length === 0) return evidence;
  return evidence.map((each) =>
    each.says === 'broken' && each.file === undefined
      ? cannotTell('unreadable', `${each.text}, as far as it could be read`, each.mend)
      : each,
  );
}

function nothingToRead(text: string): Evidence {
  const mend = 'Add a workflow that runs the scanner, or name the place it runs at in .fixby/attestations.yaml.';
  if (/\bGitHub Actions?\b/i.test(text)) return broken('there is no workflow in .github/workflows', mend);
  return cannotTell('no-evidence', 'there is no CI configuration in the repository; one may lie elsewhere', mend);
}

/** A command in a code block promises nothing: it tells a reader what to run. */
function commandForPerson(passage: Passage): readonly Claim[] {
  const names = passage.kind === 'code' ? scannersIn(passage.text).map(({ name }) => name) : [];
  if (names.length === 0) return [];
  const text = `the commands are for a person to run; no sentence says that CI does`;
  const mend = 'Say in SECURITY.md that CI runs them, or leave it to people.';
  return [
    {
      passage,
      promise: `${names.join(' and ')} can be run by hand`,
      // A program without a step.

      *check() {
        return [cannotTell('for-a-person', text, mend)];
      },
    },
  ];
}
