/** Looks at a repository and proposes what it lacks to be held to a policy; writes nothing. */
import { proposeDependabot } from '../core/init/dependabot-entries.ts';
import { proposeGitlab } from '../core/init/gitlab-jobs.ts';
import { proposeGithubGate, proposeGithubNightly } from '../core/init/jobs.ts';
import type { JobFacts } from '../core/init/jobs.ts';
import { proposePolicy } from '../core/init/policy-section.ts';
import { proposeConfig, proposeExceptions } from '../core/init/starter-files.ts';
import { EXCEPTIONS_FILE } from '../core/exceptions/read-exceptions.ts';
import type { Config } from '../core/model/config.ts';
import type { FileRead } from '../core/model/file.ts';
import type { Proposal, SetupPlan } from '../core/model/proposal.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Discovery } from '../core/discover/discover.ts';
import { findMissingEntries } from '../core/promises/dependabot/missing-entries.ts';
import type { PromisePorts } from './ports.ts';
import { driveReading } from './drive.ts';
import { findTargets } from './find-targets.ts';
import { CONFIG_FILE, loadPolicy, policyPaths } from './setup.ts';

type Ports = Omit<PromisePorts, 'clock'>;

/** Everything that is missing, in the order in which a team needs it. `version` is that of the fixby that jobs will run. */
export async function proposeSetup(config: Config, version: string, ports: Ports): Promise<SetupPlan> {
  const found = await findTargets(ports, () => undefined);
  const python = [...found.targets, ...found.setAside].some(({ ecosystem }) => ecosystem === 'PyPI');
  const host = await findHost(ports);
  const parts = await Promise.all([
    planPolicy(config, ports),
    planNewFile(CONFIG_FILE, (path) => proposeConfig(path, foldersOf(found)), ports),
    planNewFile(EXCEPTIONS_FILE, proposeExceptions, ports),
    host === 'gitlab' ? NOTHING : planDependabot(found, host, ports),
    planJobs(host, { version, python }, ports),
  ]);
  return { proposals: parts.flatMap((part) => part.proposals), notes: parts.flatMap((part) => part.notes) };
}

const NOTHING: SetupPlan = { proposals: [], notes: [] };

function only(...proposals: readonly (Proposal | null)[]): SetupPlan {
  return { proposals: proposals.filter((proposal) => proposal !== null), notes: [] };
}

function note(text: string): SetupPlan {
  return { proposals: [], notes: [text] };
}

/** A policy that is there and not understood is its author's to mend. */
async function planPolicy(config: Config, { files }: Ports): Promise<SetupPlan> {
  const read = (path: string): ReturnType<typeof files.read> => files.read(path);
  try {
    const { policy } = await loadPolicy(config, read);
    return note(`The policy is read from ${policy.source.file}:${policy.source.line}; \`fixby policy\` prints it.`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.problems.some(({ code }) => code !== 'policy-missing'))
      return note('There is a policy that is not understood: `fixby policy` says what to mend.');
  }
  const candidates = await Promise.all(policyPaths(config).map(read));
  const there = candidates.find(({ status }) => status !== 'missing');
  if (there === undefined) return only(proposePolicy(policyPaths(config)[0] ?? 'SECURITY.md', null));
  return isPlain(there)
    ? only(proposePolicy(there.path, there.text))
    : note(`${there.path} is no plain UTF-8 text: add a policy to it by hand.`);
}

async function planNewFile(path: string, propose: (path: string) => Proposal, { files }: Ports): Promise<SetupPlan> {
  return (await files.read(path)).status === 'missing' ? only(propose(path)) : note(`${path} is there.`);
}

async function planDependabot(found: Discovery, host: Host, { files }: Ports): Promise<SetupPlan> {
  const reading = await driveReading(findMissingEntries(found), files);
  if (reading.status === 'left') return note(reading.why);
  const { file, missing, interval } = reading;
  if (file === null && host !== 'github') return NOTHING;
  if (missing.length === 0) return file === null ? NOTHING : note(`${file.path} covers every folder with packages.`);
  const proposal = proposeDependabot(file, missing, interval);
  const folders = missing.map(({ ecosystem, directory }) => `${ecosystem} in ${directory}`).join(', ');
  return proposal === null
    ? note(`Add entries for ${folders} to the Dependabot configuration by hand.`)
    : only(proposal);
}

type Host = 'github' | 'gitlab' | 'unknown';

/** By the files a service reads, then by the address the clone came from. */
async function findHost({ files, promiseFiles }: Ports): Promise<Host> {
  const { entries } = await promiseFiles.list();
  if (entries.some(({ path }) => path === '.gitlab-ci.yml')) return 'gitlab';
  if (entries.some(({ path }) => path.startsWith('.github/'))) return 'github';
  const git = await files.read('.git/config');
  const origin = git.status === 'ok' ? git.text : '';
  if (/\burl\s*=.*\bgithub\b/i.test(origin)) return 'github';
  return /\burl\s*=.*\bgitlab\b/i.test(origin) ? 'gitlab' : 'unknown';
}

const BY_CRON =
  'No CI service was recognised. For a nightly run by cron: `17 3 * * * cd /path/to/repository && fixby audit --quiet`; templates/ of the package has more.';

/** Jobs for the service, unless something there runs fixby already. */
async function planJobs(host: Host, facts: JobFacts, { files, promiseFiles }: Ports): Promise<SetupPlan> {
  if (host === 'unknown') return note(BY_CRON);
  const { entries } = await promiseFiles.list();
  const paths = entries.filter(({ kind, path }) => kind === 'file' && isPipeline(path)).map(({ path }) => path);
  const read = await Promise.all(paths.map((path) => files.read(path)));
  const text = read.flatMap((file) => (file.status === 'ok' ? [file.text] : [])).join('\n');
  if (host === 'gitlab') return planGitlab(facts, read[0], text, files);
  const jobs = [
    { proposal: proposeGithubGate(facts), there: /\bfixby\b.{0,80}\bgate\b/.test(text) },
    { proposal: proposeGithubNightly(facts), there: /\bfixby\b.{0,80}\baudit\b/.test(text) },
  ];
  const wanted = jobs.filter(({ proposal, there }) => !there && !paths.includes(proposal.path));
  return wanted.length === 0 ? note('CI runs fixby already.') : only(...wanted.map(({ proposal }) => proposal));
}

async function planGitlab(
  facts: JobFacts,
  pipeline: FileRead | undefined,
  text: string,
  files: Ports['files'],
): Promise<SetupPlan> {
  if (/\bfixby\b/.test(text)) return note('CI runs fixby already.');
  if (pipeline !== undefined && !isPlain(pipeline)) return note(`${pipeline.path} cannot be read.`);
  const proposals = proposeGitlab(facts, pipeline?.text ?? null);
  const there = await Promise.all(
    proposals.map(async ({ path, before }) => before === null && (await files.read(path)).status !== 'missing'),
  );
  if (proposals.length > 0 && !there.includes(true)) return only(...proposals);
  return note('The jobs of fixby cannot be added to .gitlab-ci.yml without changing it: docs/nightly.md shows them.');
}

/** UTF-8 alone is written back as it was. */
function isPlain(file: FileRead): file is Extract<FileRead, { status: 'ok' }> {
  return file.status === 'ok' && file.encoding === 'utf-8';
}

function foldersOf({ targets, setAside }: Discovery): Parameters<typeof proposeConfig>[1] {
  return [...targets, ...setAside.filter(({ outcome }) => outcome === 'unavailable')];
}

function isPipeline(path: string): boolean {
  return /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml)$/.test(path);
}
