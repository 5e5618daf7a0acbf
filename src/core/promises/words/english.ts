/** The English words that tell an English sentence from one in another language, and those that every language has borrowed. */
import type { Phrases } from '../../document/phrases.ts';

/** Common words; a sentence in which they are as many as those of another language is English. */
export const COMMON_ENGLISH: Phrases = `a, about, after, all, an, and, any, are, as, at, be, been, before, by, can, do, does, each, every, find, for, found,
  from, get, has, have, how, if, in, into, is, it, its, may, must, need, never, new, no, not, of, on, only, or, other, our, out, over, please, shall, should,
  than, that, the, their, them, then, these, they, this, those, to, under, until, up, use, used, via, was, we, we'll, were, what, when, where, which,
  while, who, will, with, within, without, would, you, your, contact, response, report, reporting, reported, vulnerability, vulnerabilities, version,
  versions, supported, critical, high, medium, low, days, hours, weeks, months, day, week, dependencies, secrets, keys, disclosure, policy, latest,
  fixed, daily, weekly, monthly, active, example, public, private, information, code, date, initial, security, team, file, files, email, e-mail, address,
  project, repository, review, operations, logs, log, enable, enabled, disable, disabled, configured, configuration, authentication, automatic, automatically,
  update, updates, updated, set, open, opens, run, runs, check, checks, scan, scans, issue, issues, bug, bugs, fix, fixes, time, send, write, mail, user, users,
  data, access, support, release, releases, patch, patches, test, tests, tool, tools, server, client, default, minor, major, next, more, most, also, but,
  so, such, because, like, make, made, keep, kept, own, same, every, between, against, through, during, first, last, one, two, three, add, added`;

/** Names and loan words: they mean the same everywhere, and say nothing about the language. */
export const BORROWED: Phrases = `dependabot, renovate, github, gitlab, npm, pnpm, yarn, pip, pypi, audit, audits, osv, trivy, grype, snyk, codeql, bandit,
  semgrep, gitleaks, trufflehog, ci, cd, cve, cves, cvss, ghsa, sla, api, pgp, gpg, openpgp, git, pull, request, requests, pull-request, pull-requests,
  merge, commit, commits, push, workflow, workflows, pipeline, pipelines, patch, patches, patch-release, update, updates, lockfile, lockfiles, lock,
  actions, scan, scans, token, tokens, release, releases, security, advisory, advisories, bot, tool, tools, scanner, mail, e-mail, email, pr, prs, branch,
  main, master, dev, tag, tags, backup, backups, node, js, python, javascript, typescript, docker, hackerone, bugcrowd, url, http, https, policy, status,
  sprint, team, maintainer, maintainers, server, web, app, repo, bug, bounty, ok, lts, eol, s, env, gitignore, password, passwords, secret, secrets`;
