/** What fixby's own reading of an npm target gives to whoever audits it. */
import type { FileRead } from '../../model/file.ts';
import type { Inventory, InventoryFile } from '../../model/inventory.ts';
import { byText } from '../../model/order.ts';
import type { LockFinding } from './lock-problems.ts';

export interface LockReading {
  readonly inventory: Inventory;
  /** The worst that was met, with a `reason`; absent when the lock can carry an audit. */
  readonly fault?: LockFinding;
  /** Whether `inventory` holds what the lock says; false when it could not be read. */
  readonly readable: boolean;
  /** Entries of the lock, links and folders included, as npm counts them in its reports. */
  readonly entryCount: number;
  /** Packages the manifest and the lock ask for. */
  readonly requested: number;
}

/** The lock first, the others by path; files that could not be read have no hash and are left out. */
export function listFiles(files: readonly FileRead[]): readonly InventoryFile[] {
  const [lock, ...others] = files.flatMap(hashed);
  return lock === undefined ? [] : [lock, ...others.sort((a, b) => byText(a.path, b.path))];
}

function hashed(file: FileRead): readonly InventoryFile[] {
  return file.status === 'ok' ? [{ path: file.path, sha256: file.sha256 }] : [];
}
