/** The npm audit itself: read the lock, ask npm, believe the answer only as far as it proves itself. */
import type { AuditAnswer, AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { Problem } from '../../model/problem.ts';
import type { InvocationResult, Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { excerpt } from '../../model/text.ts';
import { countCoverage } from '../lib/coverage.ts';
import { withoutCredentials } from '../lib/credentials.ts';
import { unavailable } from '../lib/outcome.ts';
import { runWithRetry } from '../lib/run-with-retry.ts';
import { explainToolFailure, lastWords } from '../lib/tool-failure.ts';
import { auditCommand } from './command.ts';
import { concludeLock, concludeWithoutAsking } from './conclude.ts';
import { explainError, explainNoReport, isTransient } from './failure.ts';
import { findDocument } from './find-document.ts';
import { AUDITOR, type Placed, placeAdvisories } from './findings.ts';
import { inspectNpmrc } from './npmrc.ts';
import { type NpmReport, readNpmDocument } from './npm-report.ts';
import { askAbout, CANARY, type Question } from './question.ts';
import type { LockReading } from './lock-reading.ts';
import { readLock } from './read-lock.ts';

/** Asks npm about a target. Every failure is an answer. */
export function* auditTarget(target: Target, settings: AuditSettings): Program<AuditAnswer> {
  const reading = yield* readLock(target);
  const npmrc = yield* inspectNpmrc(target, settings);
  const early = concludeWithoutAsking(target, reading, settings) ?? refuseRegistry(settings);
  if (early !== undefined) return answer(reading, npmrc, settings, early, NOTHING, false);
  const question = askAbout(reading.inventory);
  const result = yield* runWithRetry(auditCommand(question.files, settings), settings.attempts, isTransient);
  const { failure, placed } = interpret(result, question, reading);
  return answer(
    reading,
    npmrc,
    settings,
    failure ?? concludeLock(target, reading, settings),
    placed,
    failure === undefined,
  );
}

const NOTHING: Placed = { reported: [], unplaced: [] };

/** npm falls back to its default registry when it is given no address, and would send it the package names. */
function refuseRegistry(settings: AuditSettings): AuditOutcome | undefined {
  const { npmRegistry } = settings;
  if (npmRegistry === undefined || (/^https?:\/\//i.test(npmRegistry) && URL.canParse(npmRegistry))) return undefined;
  const shown = excerpt(withoutCredentials(npmRegistry), 80);
  return unavailable(
    'source-refused',
    `${shown} is no address of a registry.`,
    'Give npmRegistry as http:// or https:// with a host.',
  );
}

interface Interpretation {
  /** Why the answer proves nothing; absent when shape, canary and count hold. */
  readonly failure?: AuditOutcome;
  readonly placed: Placed;
}

function interpret(result: InvocationResult, question: Question, reading: LockReading): Interpretation {
  const failed = explainToolFailure('npm', result);
  if (failed !== undefined) return { failure: failed, placed: NOTHING };
  const document = readNpmDocument(findDocument(result.stdout));
  if (document.kind === 'error') return { failure: explainError(document, 'npm'), placed: NOTHING };
  if (document.kind === 'none')
    return {
      failure: explainNoReport(document, result.stdout, 'npm', 'Run `fixby doctor`.', lastWords(result)),
      placed: NOTHING,
    };
  const placed = placeAdvisories(
    document.advisories,
    reading.inventory,
    (node) => question.idsByNode.get(node) ?? [],
    AUDITOR,
  );
  const failure = checkCanary(document) ?? checkCount(document, question) ?? checkPlaced(placed);
  return { placed, ...(failure && { failure }) };
}

function checkCanary(report: NpmReport): AuditOutcome | undefined {
  const sung = report.advisories.some((one) => one.package === CANARY.name && one.nodes.includes(CANARY.node));
  if (sung) return undefined;
  return unavailable(
    'source-blind',
    `The registry answered without the advisory for ${CANARY.name} ${CANARY.version}, which every audit asks about as a test.`,
    'Ask a registry with an audit endpoint, or run `fixby mirror serve` and point npmRegistry at it.',
  );
}

function checkCount(report: NpmReport, question: Question): AuditOutcome | undefined {
  if (report.total === question.nodeCount) return undefined;
  return unavailable(
    'count-mismatch',
    `npm was asked about ${question.nodeCount} packages and answers for ${report.total ?? 'an unknown number'}.`,
    "Look for a setting in npm's own configuration that leaves packages out; `fixby doctor` names what is in force.",
  );
}

function checkPlaced(placed: Placed): AuditOutcome | undefined {
  const [stray] = placed.unplaced;
  if (stray === undefined) return undefined;
  return unavailable(
    'unreadable-output',
    `npm reported an advisory for ${excerpt(stray.package, 80)}, which it was not asked about.`,
    'Run it again with `--verbose` and look at what the registry answered.',
  );
}

function answer(
  reading: LockReading,
  npmrc: readonly Problem[],
  settings: AuditSettings,
  outcome: AuditOutcome,
  placed: Placed,
  answered: boolean,
): AuditAnswer {
  const { inventory } = reading;
  return {
    outcome,
    inventory,
    coverage: countCoverage(inventory, answered ? inventory.packages.length : 0),
    reported: placed.reported,
    problems: [...inventory.problems, ...npmrc],
    source: nameSource(settings),
    notes: [],
  };
}

/** Where the advisories come from: an address without credentials, or a sentence. */
function nameSource(settings: AuditSettings): string {
  if (settings.npmRegistry === undefined) return "the registry of npm's own configuration";
  return withoutCredentials(settings.npmRegistry);
}
