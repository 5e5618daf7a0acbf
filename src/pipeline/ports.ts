/** The ports a run needs, in two groups: what is known before the configuration was read, and what depends on it. */
import type { Digest } from '../core/reconcile/reconcile.ts';
import type { Advisories, PackageAdvisories } from '../ports/advisories.ts';
import type { OutputKeeper } from '../ports/evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { Exec } from '../ports/exec.ts';
import type { ExploitedFeeds } from '../ports/exploited.ts';
import type { Files } from '../ports/files.ts';
import type { Git } from '../ports/git.ts';
import type { History } from '../ports/history.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Registry } from '../ports/registry.ts';
import type { Toolchain } from '../ports/toolchain.ts';

/** The repository itself: enough to read its configuration and policy. */
export interface RepositoryPorts {
  readonly files: Pick<Files, 'read'>;
  readonly git: Git;
  readonly clock: Clock;
}

/** What audits are driven with. */
export interface ToolPorts {
  readonly files: Files;
  readonly exec: Exec;
  readonly toolchain: Toolchain;
  /** What is known of packages, for auditors that match by themselves. */
  readonly packages: PackageAdvisories;
  readonly clock: Clock;
  /** Holds an audit back until there is room for it: one that has begun is not kept waiting by one that has not. */
  readonly admit: <T>(audit: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
  /** Keeps what tools were given and gave; absent when no evidence is wanted. */
  readonly outputs?: Pick<OutputKeeper, 'keep' | 'keepAnswers'>;
}

/** What promises are checked with. */
export interface PromisePorts {
  readonly files: Files;
  /** The same repository, listed by what promises care about. */
  readonly promiseFiles: Pick<Files, 'list'>;
  readonly git: Git;
  readonly clock: Clock;
}

export interface RunPorts extends ToolPorts {
  readonly git: Git;
  readonly history: History;
  readonly advisories: Advisories;
  readonly registry: Registry;
  readonly exploited: ExploitedFeeds;
  /** `null` when there is none to read. */
  readonly ledger: Ledger | null;
  readonly digest: Digest;
  /** What the other promises of the policy documents are checked with; `null` when nobody asks about them. */
  readonly promises: PromisePorts | null;
}
