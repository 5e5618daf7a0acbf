/** A target: one folder of the repository, seen through one ecosystem, with the files that state its packages. */
import type { Ecosystem } from './ecosystem.ts';

/** Every file discovery recognises. Whether an auditor can read it is the auditor's to say. */
export type SourceKind =
  | 'package-json'
  | 'package-lock'
  | 'npm-shrinkwrap'
  | 'yarn-lock'
  | 'pnpm-lock'
  | 'bun-lock'
  | 'requirements'
  /** What pip-tools compiles into a `.txt`: ranges, never a lock. */
  | 'requirements-in'
  | 'pylock'
  | 'uv-lock'
  | 'pyproject'
  | 'poetry-lock'
  | 'pdm-lock'
  | 'pipfile'
  | 'pipfile-lock'
  | 'setup-py'
  /** Hatch's environments outside of pyproject.toml. */
  | 'hatch'
  /** What conda, conda-lock or pixi installs from. */
  | 'conda-environment';

/** Kinds that name everything that is installed. */
export const LOCK_KINDS: ReadonlySet<SourceKind> = new Set<SourceKind>([
  'package-lock',
  'npm-shrinkwrap',
  'yarn-lock',
  'pnpm-lock',
  'bun-lock',
  'pylock',
  'uv-lock',
  'poetry-lock',
  'pdm-lock',
  'pipfile-lock',
]);

export interface Source {
  /** Posix path relative to the repository. */
  readonly path: string;
  readonly kind: SourceKind;
}

export interface Target {
  /** Posix folder relative to the repository; `.` is the repository itself. */
  readonly path: string;
  readonly ecosystem: Ecosystem;
  /** What states the packages, sorted by path. Never empty. */
  readonly sources: readonly Source[];
  /**
   * Folders of the repository that its lock has to answer for as well: members of its workspace that ask for packages
   * and have no lock of their own. Absent where there are none.
   */
  readonly members?: readonly string[];
  /** Members that ask for no packages, and that others may ask for: a lock of yarn 1 knows of none. Absent where there are none. */
  readonly idleMembers?: readonly string[];
}

/** Something discovery met and no auditor will be asked about, with the outcome it gets instead. */
export interface SetAside {
  readonly path: string;
  readonly ecosystem: Ecosystem;
  readonly sources: readonly Source[];
  readonly outcome: 'unavailable' | 'not-applicable';
  readonly reason: string;
  readonly message: string;
  readonly mend: string;
}
