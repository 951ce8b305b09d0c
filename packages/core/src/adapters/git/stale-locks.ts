import { readFile, readdir, rm } from 'node:fs/promises';
import { ownerVariable } from './git-environment.js';

const lockFile = /Unable to create '([^'\n]+\.lock)': File exists/;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Git processes of this cache whose master is gone; only Linux tells. */
async function orphans(cacheDir: string): Promise<readonly number[]> {
  const entries = await readdir('/proc').catch(() => []);
  const found: number[] = [];
  for (const pid of entries.filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const prefix = `${ownerVariable}=${cacheDir}#`;
    const owner = environment.split('\0').find((entry) => entry.startsWith(prefix));
    if (owner !== undefined && !isRunning(Number(owner.slice(prefix.length)))) found.push(Number(pid));
  }
  return found;
}

/**
 * Where git failed because of a lock file, removes it; true when there was one. The caller holds the repository alone in
 * this process, so the lock is of a git that was killed with its master, or that outlived it and is ended here.
 */
export async function removeStaleLock(stderr: string, cacheDir: string): Promise<boolean> {
  const file = lockFile.exec(stderr)?.[1];
  if (file === undefined || !file.startsWith(`${cacheDir}/`)) return false;
  for (const pid of await orphans(cacheDir)) {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  }
  await rm(file, { force: true });
  return true;
}
