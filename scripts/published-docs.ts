/** The pages made from the code: the command line's reference and man page, the keys of the configuration, the jobs `init` writes. */
import { z } from 'zod';
import { buildProgram } from '../src/cli/cli.ts';
import { describeCommand } from '../src/cli/help/command-pages.ts';
import { manualPage } from '../src/cli/help/manual.ts';
import { cliReference } from '../src/cli/help/reference.ts';
import type { World } from '../src/cli/world.ts';
import { configSchema } from '../src/core/config/config-schema.ts';
import { gitlabJobs } from '../src/core/init/gitlab-jobs.ts';
import { githubGate, githubNightly } from '../src/core/init/jobs.ts';
import { configReference } from './config-reference.ts';

export interface PublishedPage {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** The pages as they are committed. `version` is the one jobs pin. */
export function publishedPages(version: string): readonly PublishedPage[] {
  const facts = { version, python: true };
  const page = describeCommand(buildProgram(SILENT, () => undefined));
  return [
    { path: 'docs/reference/cli.md', text: cliReference(page) },
    { path: 'docs/reference/config.md', text: configReference(z.toJSONSchema(configSchema, { io: 'input' })) },
    { path: 'man/fixby.1', text: manualPage(page) },
    { path: 'templates/github-gate.yml', text: githubGate(facts) },
    { path: 'templates/github-nightly.yml', text: githubNightly(facts) },
    { path: 'templates/gitlab-ci.yml', text: gitlabJobs(version) },
  ];
}

const nowhere = { write: () => undefined, columns: 100 };

/** No command runs in it. */
const SILENT: World = {
  argv: [],
  env: {},
  cwd: '/',
  stdout: nowhere,
  stderr: nowhere,
  pid: 0,
  platform: 'linux',
  home: '/',
  tempRoot: '/',
  execPath: '',
  entry: 'file:///src/main.ts',
  kill: () => undefined,
  interrupted: new AbortController().signal,
  onEnd: () => undefined,
};
