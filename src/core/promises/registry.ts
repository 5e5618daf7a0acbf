/** The list of promises fixby can hold a repository to: a new one is a file beside this one and a line here. */
import { checklistAfter } from './checklist.ts';
import { locksCommitted } from './locks-committed.ts';
import { noKnownVulnerabilities } from './no-known-vulnerabilities.ts';
import { packagesRemoved } from './packages-removed.ts';
import { practices } from './practices.ts';
import { reporting } from './reporting.ts';
import { responseClocks } from './response-clocks.ts';
import { scanningAutomated } from './scanning-automated.ts';
import { secretsKeptOut } from './secrets-kept-out.ts';
import { supportedVersions } from './supported-versions.ts';
import { updatesAutomated } from './updates-automated.ts';
import type { PromiseKind } from '../model/promise.ts';

const checkable: readonly PromiseKind[] = [
  updatesAutomated,
  scanningAutomated,
  noKnownVulnerabilities,
  packagesRemoved,
  supportedVersions,
  secretsKeptOut,
  locksCommitted,
  reporting,
  responseClocks,
  practices,
];

export const promiseKinds: readonly PromiseKind[] = [...checkable, checklistAfter(checkable)];
