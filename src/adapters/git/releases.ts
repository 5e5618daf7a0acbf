/** Reads the releases of a checkout from its tags, with the commit and the date of each. */
import semver from 'semver';
import { byEach, byText } from '../../core/model/order.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Release } from '../../core/model/release.ts';
import { textOf } from './checkout.ts';
import type { RunGit } from './git-command.ts';
import { commandFailed, tagBeforeCommit, undatedTag } from './git-problems.ts';
import { instantOf } from './instant-of.ts';
import { versionOfTag } from './release-tags.ts';

interface Tag {
  readonly tag: string;
  readonly version: string;
  /** Seconds since 1970; empty where the tag object names no tagger. */
  readonly seconds: string;
  /** Those of the commit an annotated tag names. */
  readonly committed: string;
}

export interface Releases {
  /** Oldest first by date, then by version. */
  readonly releases: readonly Release[];
  readonly problems: readonly Problem[];
}

/** A tag that leads to no commit is no release. */
export async function readReleases(git: RunGit, prefixes: readonly string[]): Promise<Releases> {
  const format = '--format=%(refname)%00%(creatordate:unix)%00%(*committerdate:unix)';
  const listed = await git({ args: ['for-each-ref', format, 'refs/tags'] });
  if (!listed.ok) return { releases: [], problems: [commandFailed('for-each-ref', listed)] };
  const tags = textOf(listed.stdout)
    .split('\n')
    .flatMap((line) => parseTag(line, prefixes));
  const commits = await git({ args: ['cat-file', '--batch-check'], input: tags.map(commitOf).join('') });
  if (!commits.ok) return { releases: [], problems: [commandFailed('cat-file', commits)] };
  return dateAll(tags, textOf(commits.stdout).split('\n'));
}

function parseTag(line: string, prefixes: readonly string[]): readonly Tag[] {
  const [ref = '', cut = '', committed = ''] = line.split('\0');
  const tag = ref.replace(/^refs\/tags\//, '');
  const version = versionOfTag(tag, prefixes);
  return version === null ? [] : [{ tag, version, seconds: cut === '' ? committed : cut, committed }];
}

function commitOf({ tag }: Tag): string {
  return `refs/tags/${tag}^{commit}\n`;
}

function dateAll(tags: readonly Tag[], commits: readonly string[]): Releases {
  const releases: Release[] = [];
  const problems: Problem[] = [];
  for (const [index, { tag, version, seconds, committed }] of tags.entries()) {
    const commit = /^([0-9a-f]{40,64}) commit /.exec(commits[index] ?? '')?.[1];
    const [claimed, made] = [instantOf(seconds), instantOf(committed)];
    const isEarly = claimed !== null && made !== null && claimed < made;
    const at = isEarly ? made : claimed;
    if (commit !== undefined && isEarly) problems.push(tagBeforeCommit(tag, claimed, made));
    if (commit !== undefined && at !== null) releases.push({ tag, version, at, commit });
    else if (commit !== undefined) problems.push(undatedTag(tag));
  }
  const byAge = byEach<Release>(
    (a, b) => byText(a.at, b.at),
    (a, b) => semver.compare(a.version, b.version),
  );
  return { releases: releases.sort(byEach(byAge, (a, b) => byText(a.tag, b.tag))), problems };
}
