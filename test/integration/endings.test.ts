/** How a run may end badly: told to stop, killed, a tool killed or flooding. It says so, and leaves nothing behind. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../src/core/model/report.ts';
import { runFixby } from '../support/fixby.ts';
import type { Ran, RunHow } from '../support/fixby.ts';
import { makeRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import { answers, hangs, startSource } from '../support/source.ts';
import type { Fault } from '../support/source.ts';

const onLinux = describe.skipIf(process.platform !== 'linux');

interface Scene {
  readonly temp: string;
  readonly run: (how: RunHow) => Promise<Ran>;
  /** Resolves once npm has asked its question. */
  readonly asked: () => Promise<void>;
}

async function stage(bulk: Fault): Promise<Scene> {
  const source = await startSource({ bulk });
  const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }), 'tmp/.keep': '' });
  const temp = join(makeRepository().dir, 'temp');
  mkdirSync(temp);
  const args = ['gate', dir, '--registry', source.url, '--osv-url', source.url, '--format', 'json', '--quiet'];
  return {
    temp,
    run: (how) => runFixby(args, { ...how, env: { TMPDIR: temp } }),
    asked: () => until(() => source.asked.some((line) => line.startsWith('POST'))),
  };
}

async function until(done: () => boolean, seconds = 20): Promise<void> {
  for (let tries = 0; tries < seconds * 20; tries += 1) {
    if (done()) return;
    await sleep(50);
  }
  throw new Error('it did not happen');
}

/** Processes that live in `folder`, other than fixby itself: npm renames itself, so its environment is asked. */
function toolsIn(folder: string): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => new RegExp(`^(HOME|TMPDIR)=${folder}/fixby-`, 'm').test(environmentOf(pid)));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').replaceAll('\0', '\n');
  } catch {
    return '';
  }
}

/** Private folders of tools; what Node itself keeps in a temporary folder is not ours. */
function leftovers(temp: string): readonly string[] {
  return existsSync(temp) ? readdirSync(temp).filter((name) => name.startsWith('fixby-')) : [];
}

function reasonOf({ stdout }: Ran): string | undefined {
  return (JSON.parse(stdout) as ReportView).targets[0]?.reason;
}

onLinux('a run that ends badly', () => {
  it('says that it was told to stop', async () => {
    const scene = await stage(hangs);
    const ran = await scene.run({ onStart: (child) => void scene.asked().then(() => child.kill('SIGTERM')) });
    expect([ran.code, reasonOf(ran)]).toEqual([3, 'interrupted']);
    expect(leftovers(scene.temp)).toEqual([]);
    expect(toolsIn(scene.temp)).toEqual([]);
  });

  it('leaves neither a tool nor a folder when it is killed', async () => {
    const scene = await stage(hangs);
    const ran = await scene.run({ onStart: (child) => void scene.asked().then(() => child.kill('SIGKILL')) });
    expect([ran.code, ran.stdout]).toEqual([null, '']);
    await until(() => leftovers(scene.temp).length === 0 && toolsIn(scene.temp).length === 0);
  });

  it('says that a tool was killed', async () => {
    const scene = await stage(hangs);
    const killTool = (): void => toolsIn(scene.temp).forEach((pid) => process.kill(pid, 'SIGKILL'));
    const ran = await scene.run({ onStart: () => void scene.asked().then(killTool) });
    expect([ran.code, reasonOf(ran)]).toEqual([3, 'tool-failed']);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect(leftovers(scene.temp)).toEqual([]);
  });

  it('stops a tool that floods, and says so', async () => {
    const advisory = {
      id: 1,
      url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
      title: 'x'.repeat(80 << 20),
      severity: 'low',
      vulnerable_versions: '<1',
    };
    const scene = await stage(answers(200, JSON.stringify({ minimist: [advisory] })));
    const ran = await scene.run({});
    expect([ran.code, reasonOf(ran)]).toEqual([3, 'output-too-large']);
    expect(leftovers(scene.temp)).toEqual([]);
  });
});
