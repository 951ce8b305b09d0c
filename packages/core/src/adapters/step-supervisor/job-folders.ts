import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isFileMissing } from './file-errors.js';

/** Where each job of a master has a folder of its own, named by its id. */
export function jobsFolder(dataDir: string): string {
  return join(dataDir, 'jobs');
}

/** The ids of all jobs that have a folder. */
export async function listJobFolders(dataDir: string): Promise<readonly string[]> {
  try {
    return await readdir(jobsFolder(dataDir));
  } catch (error) {
    if (isFileMissing(error)) return [];
    throw error;
  }
}
