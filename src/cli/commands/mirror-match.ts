/** `fixby mirror match`: which advisories of an imported mirror concern what a lock installs. */
import type { MatchReport } from '../../core/model/match-report.ts';
import { matchFormats } from '../../core/report/match/registry.ts';
import { advisoriesInMirror, packagesInMirror } from '../../mirror/mirror-source.ts';
import { matchMirror } from '../../pipeline/match-mirror.ts';
import { mirrorFolder, nowOf, openMirror } from '../compose-mirror-match.ts';
import { EXIT } from '../exit-codes.ts';
import { readQuestions } from '../mirror/match-questions.ts';
import { readMaxAge } from '../mirror/read-max-age.ts';
import { wantsColor } from '../run-options.ts';
import { VERSION } from '../version.ts';
import { screenWidth } from '../world.ts';
import type { World } from '../world.ts';

const CODES: Readonly<Record<MatchReport['result'], number>> = {
  found: EXIT.fail,
  'nothing-found': EXIT.pass,
  inconclusive: EXIT.inconclusive,
};

/** 1 when something was found, 3 when something could not be looked at, 0 otherwise. Throws a UsageError for what is nothing to ask about. */
export async function runMirrorMatch(
  world: World,
  names: readonly string[],
  raw: Readonly<Record<string, unknown>>,
): Promise<number> {
  const maxAgeMs = readMaxAge(String(raw['maxAge']));
  const questions = await readQuestions(world.cwd, names);
  const named = raw['mirror'];
  const mirror = openMirror(mirrorFolder(world, typeof named === 'string' ? named : undefined));
  try {
    const ports = {
      mirror,
      packages: packagesInMirror(mirror, { maxAgeMs, now: nowOf }),
      advisories: advisoriesInMirror(mirror),
      signal: world.interrupted,
    };
    const report = await matchMirror(questions, ports, { now: nowOf(), maxAgeMs, version: VERSION });
    const format = matchFormats.find(({ name }) => name === raw['format']);
    const color = raw['color'] !== false && wantsColor(world);
    const renderer = await format?.load();
    world.stdout.write(renderer?.render(report, { color, width: screenWidth(world.stdout) }) ?? '');
    return CODES[report.result];
  } finally {
    await mirror.close();
  }
}
