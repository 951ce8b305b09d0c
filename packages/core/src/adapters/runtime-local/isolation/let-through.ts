import { chmod, chown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isFileMissing } from '../../step-supervisor/file-errors.js';
import type { JobAccount } from './isolation.js';

/** Lets the account pass through the data directory to the folder of the jobs, and closes all else there to it. */
export async function letThrough(dataDir: string, account: JobAccount): Promise<string> {
  const jobs = join(dataDir, 'jobs');
  for (const name of await readdir(dataDir)) {
    if (name !== 'jobs') await close(join(dataDir, name));
  }
  for (const path of [jobs, dataDir]) {
    await chown(path, 0, account.gid);
    await chmod(path, 0o710);
  }
  return jobs;
}

async function close(path: string): Promise<void> {
  try {
    const { mode } = await stat(path);
    await chmod(path, mode & 0o700);
  } catch (error) {
    if (!isFileMissing(error)) throw error;
  }
}
