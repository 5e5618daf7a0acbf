/** Reads which packages the locks and manifests of a repository name, without running anything. */
import { auditors } from '../core/auditors/registry.ts';
import { normalizeName } from '../core/model/ecosystem.ts';
import type { FileRead } from '../core/model/file.ts';
import { once } from '../core/model/once.ts';
import { byText } from '../core/model/order.ts';
import type { Discovery } from '../core/discover/discover.ts';
import type { PastFile } from '../core/model/past.ts';
import type { StatedPackages } from '../core/model/promise.ts';
import { LOCK_KINDS } from '../core/model/target.ts';
import type { Source, Target } from '../core/model/target.ts';
import type { Files } from '../ports/files.ts';
import type { Readers } from './past-versions.ts';
import { openReaders } from './read-past.ts';

/** One entry a file that could be read, in the order of targets and sources. A file no auditor reads leaves none. */
export async function readStatedPackages(
  { targets, setAside }: Pick<Discovery, 'targets' | 'setAside'>,
  files: Pick<Files, 'read'>,
): Promise<() => readonly StatedPackages[]> {
  const readers = openReaders(auditors);
  const folders = [...targets, ...setAside.filter(({ outcome }) => outcome === 'unavailable')];
  const chosen = folders.flatMap((target) =>
    (readers.get(target.ecosystem)?.choose(target.sources) ?? []).map((source) => ({ target, source })),
  );
  const texts = await Promise.all(chosen.map(async (each) => ({ ...each, file: await files.read(each.source.path) })));
  return once(() => texts.flatMap((each) => stateOf(each, readers)));
}

function stateOf({ target, source, file }: LockText, readers: Readers): readonly StatedPackages[] {
  const read = file.status === 'ok' ? (readers.get(target.ecosystem)?.read(source, file.text) ?? null) : null;
  return read === null || file.status !== 'ok' ? [] : [toStated(target, source, read, file.text)];
}

interface LockText {
  readonly target: Target;
  readonly source: Source;
  readonly file: FileRead;
}

function toStated({ path, ecosystem }: Target, source: Source, { statements }: PastFile, text: string): StatedPackages {
  const packages = statements.map((statement) => ({
    name: normalizeName(ecosystem, statement.name),
    ...('version' in statement ? { version: statement.version } : {}),
  }));
  return {
    target: path,
    file: source.path,
    // pip installs nothing beside requirements that all bear a hash.
    complete: LOCK_KINDS.has(source.kind) || (source.kind === 'requirements' && /--hash[= ]/.test(text)),
    packages: packages.sort((a, b) => byText(a.name, b.name) || byText(a.version ?? '', b.version ?? '')),
  };
}
