/** What one logical line of a requirements file can be. */
import type { SkippedPackage } from '../../model/inventory.ts';
import type { Requirement } from './requirement.ts';

/** Whether a file's versions are asked for or only held to. */
export type IncludeRole = 'requirements' | 'constraints';

export type RequirementLine =
  /** `hashed`: it carries a `--hash`, so pip demands the same of everything it requires. */
  | { readonly kind: 'requirement'; readonly requirement: Requirement; readonly hashed: boolean }
  | { readonly kind: 'include'; readonly path: string; readonly as: IncludeRole }
  /** An option that would change where or how packages are found. It is dropped. */
  | { readonly kind: 'option'; readonly option: string; readonly value: string }
  | { readonly kind: 'skipped'; readonly skipped: SkippedPackage }
  | { readonly kind: 'harmless' }
  /** Not understood: whatever it installs is not audited. */
  | { readonly kind: 'garbage' };
