/** Decides how a finding is upgraded in its ecosystem: in words, and as a command where one is safe to copy. */
import { describeFixSteps } from '../../model/fix-words.ts';
import { baseName } from '../../model/path.ts';
import type { ReportFinding } from '../../model/report.ts';
import { placeWords } from '../words.ts';

/** `command` is absent where no single command does it, or where a name is none that a shell may be given. */
export interface Upgrade {
  readonly words: string;
  readonly command?: string;
}

/** The step to the fixed version, or why there is none. */
export function describeUpgrade(finding: ReportFinding): Upgrade {
  const { fix, advisory, package: name } = finding;
  if (advisory.malware) return { words: `${name} is malicious code: remove it, whatever its version.` };
  if (!fix.available) return { words: 'No source names a fixed version.' };
  const { version, kind } = fix;
  if (version === undefined) return { words: 'A fix is known; its version is what the advisory names.' };
  if (kind === 'downgrade') return { words: `Only ${version} is fixed, and it is older than what is installed.` };
  const step =
    fix.steps === undefined
      ? singleStep(version, kind)
      : `Fixed, each version by itself: ${describeFixSteps(fix.steps)}.`;
  const upgrade = finding.ecosystem === 'npm' ? upgradeNpm(finding, version) : upgradePython(finding, version);
  return { ...upgrade, words: `${step} ${upgrade.words}` };
}

function singleStep(version: string, kind: string | undefined): string {
  return `Fixed in ${version}${kind === undefined ? '' : `, a ${kind} step`}.`;
}

// What both registries accept as a name, a version and a plain path: nothing a shell would read as more than a word.
const PLAIN_NAME = /^(?:@[a-z0-9~][\w.~-]*\/)?[a-z0-9~][\w.~-]*$/i;
const PLAIN_VERSION = /^[\w.+!-]+$/;
const PLAIN_PATH = /^[\w@.][\w@.+/-]*$/;

function isPlain({ package: name, target }: ReportFinding, version: string): boolean {
  return PLAIN_NAME.test(name) && PLAIN_VERSION.test(version) && PLAIN_PATH.test(target);
}

function upgradeNpm(finding: ReportFinding, version: string): Upgrade {
  const { package: name, target, direct } = finding;
  const npm = target === '.' ? 'npm' : `npm --prefix ${target}`;
  const command = direct ? `${npm} install ${name}@${version}` : `${npm} update ${name}`;
  const words = direct
    ? 'The manifest asks for it directly.'
    : `${broughtIn(finding)}: this works where the ranges allow ${version}; otherwise upgrade what asks for it, or set an override.`;
  return isPlain(finding, version) ? { words, command } : { words };
}

function broughtIn({ paths }: ReportFinding): string {
  const tops = [...new Set(paths.flatMap((path) => path.slice(0, path.length > 1 ? 1 : 0)))];
  return tops.length === 0 ? 'Another package brings it in' : `Brought in by ${tops.join(', ')}`;
}

function upgradePython(finding: ReportFinding, version: string): Upgrade {
  const { package: name, target, location } = finding;
  if (baseName(location.file) !== 'uv.lock') {
    return {
      words: `Ask for ${name}>=${version} where it is stated, ${placeWords(location)}, and lock again where there is a lock.`,
    };
  }
  const project = target === '.' ? '' : ` --project ${target}`;
  const words = 'The ranges of pyproject.toml have to allow it.';
  const command = `uv lock${project} --upgrade-package ${name}==${version}`;
  return isPlain(finding, version) ? { words, command } : { words };
}
