/** `fixby report --from`: writes the reports of a run again out of its evidence, byte for byte. */
import { resolve } from 'node:path';
import { describeEvidence } from '../core/evidence/describe-proof.ts';
import { UsageError } from '../core/model/problem.ts';
import { examineEvidence } from '../pipeline/examine-evidence.ts';
import { loadConfig } from '../pipeline/setup.ts';
import { refuse } from './commands/evidence.ts';
import { openArchives, openSeals } from './compose-evidence.ts';
import { ledgerFormat } from './compose-ledger.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { handOut } from './hand-out.ts';
import { isFolder, planOutputs } from './outputs.ts';
import { readRunOptions } from './run-options.ts';
import type { World } from './world.ts';

/** What names another source than an archive. */
const OTHERS = ['asOf', 'underCurrentPolicy', 'config', 'period'];

/**
 * The exit code is that of the verdict in the archive; 1 for an archive that was changed, of which no report is made, and 2
 * for one of which nothing can be said. Throws a UsageError for flags that do not go together.
 */
export async function reportFromArchive(
  world: World,
  file: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<number> {
  const odd = OTHERS.find((name) => raw[name] !== undefined && raw[name] !== false);
  if (odd !== undefined) {
    throw new UsageError('from-alone', '--from takes everything from the archive.', 'Leave the other flags out.');
  }
  const examined = await examineEvidence(
    { path: resolve(world.cwd, file), open: openSeals(), hasKey: false, hash: ledgerFormat.hash },
    openArchives(),
  );
  if (examined.status === 'unusable') return refuse(world, file, examined.detail);
  const { proof, view, manifest } = examined;
  if (!proof.sound || view === undefined) {
    world.stderr.write(describeEvidence(proof));
    return EXIT.fail;
  }
  const options = readRunOptions(world, '.', raw);
  const defaults = await loadConfig({}, (path) => Promise.resolve({ status: 'missing', path, detail: '' }));
  const outputs = await planOutputs(options, defaults, false, isFolder);
  const verbose = options.verbose || manifest.report.verbose;
  await handOut((renderer, look) => renderer.render(view, look), outputs, { ...options, verbose }, world);
  return exitCodeOf(view.verdict);
}
