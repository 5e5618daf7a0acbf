/** A checker of shell scripts or unit files: the installed one, or one from Debian's packages where that is possible. */
import { spawnSync } from 'node:child_process';

/** Whether `program` can be run, after installing `debianPackage` where it is missing and this user may. */
export function isInstalled(program: string, debianPackage: string): boolean {
  const answers = (): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
  if (answers()) return true;
  if (process.getuid?.() !== 0) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quick = ['-qq', '-y', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=10'];
  spawnSync('apt-get', [...quick, 'update'], { env, stdio: 'ignore' });
  spawnSync('apt-get', [...quick, 'install', '--no-install-recommends', debianPackage], { env, stdio: 'ignore' });
  return answers();
}
