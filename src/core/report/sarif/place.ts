/** Says where something stands as SARIF wants it: a relative, percent-encoded address below the root of the repository. */
import type { ArtifactLocation, Location } from 'sarif';
import { wellFormed } from '../escape.ts';

/** The name GitHub and most viewers know the root of a checkout by. */
export const SOURCE_ROOT = '%SRCROOT%';

/** A file of the repository by its posix path. */
export function fileLocation(path: string): ArtifactLocation {
  const segments = wellFormed(path)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  return { uri: segments.map(encodeURIComponent).join('/'), uriBaseId: SOURCE_ROOT };
}

/** A line of a file; its first one where the line is not known, for GitHub shows nothing without a line. */
export function lineLocation({
  file,
  line = 1,
}: {
  readonly file: string;
  readonly line?: number | undefined;
}): Location {
  return { physicalLocation: { artifactLocation: fileLocation(file), region: { startLine: Math.max(1, line) } } };
}
