/** Before any test: build the bundle that the command line tests start. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export default function setup(): void {
  if (existsSync('src/main.ts')) execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}
