/** Before any test: build the bundle the command line tests start, and make the managed Python environment they share. */
import { execFileSync } from 'node:child_process';
import { CACHE, FIXBY, ROOT } from './fixby.ts';

export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' });
  execFileSync(process.execPath, [FIXBY, 'doctor', 'examples/shop', '--prepare', '--offline'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, FIXBY_CACHE_DIR: CACHE },
  });
}
