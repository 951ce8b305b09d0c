import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode, isFileMissing } from '../step-supervisor/file-errors.js';

const attempts = 5;
const pauseMs = 100;

/** Removes a folder with all that is in it, also what is read-only, and also while somebody still adds to it. */
export async function removeTree(path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rm(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      if (['EACCES', 'EPERM'].includes(errorCode(error) ?? '')) await makeRemovable(path);
      else await delay(pauseMs);
    }
  }
}

/** Entries can be taken out of a folder that one may write and search. Links are not followed. */
async function makeRemovable(folder: string): Promise<void> {
  try {
    await chmod(folder, 0o700);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) await makeRemovable(join(folder, entry.name));
    }
  } catch (error) {
    if (!isFileMissing(error)) throw error;
  }
}
