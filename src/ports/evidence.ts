/** Keeping what tools were given and gave, and writing and reading the archive of it. */
import type { PackageAnswers } from '../core/model/advisory.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { ArchiveEntry, ArchiveRead, KeptAnswers, KeptRun } from '../core/model/evidence.ts';
import type { Invocation, InvocationResult } from '../core/model/program.ts';

/** One run of a tool, and what it was run for. */
export interface ToolExchange {
  readonly target: string;
  readonly auditor: string;
  readonly invocation: Invocation;
  readonly result: InvocationResult;
}

/** What an advisory source was asked and said, and what for. */
export interface SourceExchange {
  readonly target: string;
  readonly auditor: string;
  readonly ecosystem: Ecosystem;
  readonly answers: PackageAnswers;
}

export interface OutputKeeper {
  /** Keeps an exchange without its secrets, outside of memory. Never rejects: what went wrong `kept` says. */
  keep(exchange: ToolExchange): Promise<void>;
  /** As `keep`, for an auditor that asks a source instead of running a tool. */
  keepAnswers(exchange: SourceExchange): Promise<void>;
  /** Everything kept so far, by target, auditor and order. Throws a UsageError when something could not be kept. */
  kept(): { readonly runs: readonly KeptRun[]; readonly answers: readonly KeptAnswers[] };
  /** Removes what is kept, at once. */
  discard(): void;
}

export interface ArchiveWriter {
  /** Writes a whole archive or nothing, and returns its path. Throws a UsageError when it cannot be written. */
  write(path: string, entries: readonly ArchiveEntry[]): Promise<string>;
}

export interface ArchiveReader {
  /** Reads every entry once, and holds the texts of `wanted`. Never rejects, and writes nothing anywhere. */
  read(path: string, wanted: readonly string[]): Promise<ArchiveRead>;
}
