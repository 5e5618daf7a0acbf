/** How the parts of a bill of materials refer to each other: one name for a target, and one for a package in it. */
import type { ReportFinding } from '../../model/report.ts';
import { packageUrl } from '../package-url.ts';
import { line } from './text.ts';

/** A folder of one ecosystem, whoever audited it. */
export type Place = Pick<ReportFinding, 'ecosystem'> & { readonly path: string };

/** The name of a target. */
export function targetRef({ ecosystem, path }: Place): string {
  return `target:${ecosystem}:${line(path)}`;
}

/** The name of a version of a package in a target: the lock may install it at several places, and it is one material. */
export function packageRef(place: Place, name: string, version: string | undefined): string {
  return `${targetRef(place)}|${packageUrl({ ecosystem: place.ecosystem, package: name }, version)}`;
}
