/** Says what takes a finding out of the way: an upgrade, a replacement, or somebody who accepts the risk. */
import { describeFixSteps } from '../model/fix-words.ts';
import type { JudgedFinding } from '../model/judged-finding.ts';
import { excerpt } from '../model/text.ts';
import { nameTarget } from './open-questions.ts';

const LONGEST_NAME = 80;

/** One instruction that ends with a full stop. Malicious code is removed; nobody is offered to accept it. */
export function describeClearing(finding: JudgedFinding): string {
  const { advisory } = finding;
  const place = `in ${nameTarget(excerpt(finding.target, LONGEST_NAME))}${broughtInBy(finding)}`;
  const name = excerpt(finding.package, LONGEST_NAME);
  if (advisory.malware) return `Remove ${name} ${place}: it is malicious code.`;
  return `${describeChange(finding, name, place)}, or accept it: fixby except add ${excerpt(advisory.id, LONGEST_NAME)}.`;
}

function describeChange({ fix }: JudgedFinding, name: string, place: string): string {
  if (!fix.available || fix.kind === 'downgrade') return `Replace ${name} ${place} with something else`;
  if (fix.version === undefined) return `Upgrade ${name} ${place} to the version its advisory names`;
  if (fix.steps !== undefined) return `Upgrade ${name} ${place}, ${describeFixSteps(fix.steps)}`;
  return `Upgrade ${name} to ${excerpt(fix.version, LONGEST_NAME)} ${place}`;
}

function broughtInBy({ direct, paths: [path = []] }: JudgedFinding): string {
  const [top] = path;
  return direct || top === undefined || path.length < 2 ? '' : ` (brought in by ${excerpt(top, LONGEST_NAME)})`;
}
