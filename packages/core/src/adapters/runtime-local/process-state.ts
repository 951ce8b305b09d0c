import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessEnd } from '../../services/ports/job-runtime.js';
import { processFiles } from '../step-supervisor/process-folder.js';
import { parseClaim, parseExitRecord } from '../step-supervisor/records.js';
import { isFileMissing, readIfPresent } from './file-errors.js';
import { explainDeath, findProcesses } from './process-table.js';

/** How often a claim that is about to be made is looked for. */
const claimPollMs = 5;

export async function readExit(folder: string): Promise<ProcessEnd | undefined> {
  const text = await readIfPresent(join(folder, processFiles.exit));
  return text === undefined ? undefined : parseExitRecord(text);
}

/**
 * Whether a supervisor ever took charge of the process. One that was started but has not got so far yet, because the
 * master that started it died meanwhile, is waited for.
 */
export async function wasClaimed(folder: string, jobId: string): Promise<boolean> {
  const claim = join(folder, processFiles.claim);
  if (!(await exists(folder))) return false;
  while (!(await exists(claim))) {
    if (supervisorOf(folder, jobId) === undefined) return exists(claim);
    await delay(claimPollMs);
  }
  return true;
}

/** Why a process without an exit record has no supervisor that could still write one; undefined while it has. */
export async function explainLoss(folder: string, jobId: string): Promise<string | undefined> {
  if (!(await exists(dirname(folder)))) return 'its files were removed';
  const text = await readIfPresent(join(folder, processFiles.claim));
  const claim = parseClaim(text ?? '');
  if (claim !== undefined) return explainDeath(claim);
  if (supervisorOf(folder, jobId) !== undefined) return undefined;
  return text === undefined ? 'it was never started' : 'its supervisor was killed before the command started';
}

function supervisorOf(folder: string, jobId: string): number | undefined {
  return findProcesses({ DANUBE_JOB_ID: jobId }).find(({ supervises }) => supervises === folder)?.pid;
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isFileMissing(error)) return false;
    throw error;
  }
}
