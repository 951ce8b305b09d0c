import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessEnd } from '../../services/ports/job-runtime.js';
import type { Doubts } from '../step-supervisor/follow/change-watch.js';
import { processFiles } from '../step-supervisor/process-folder.js';
import { parseClaim, parseExitRecord } from '../step-supervisor/records.js';
import { isFileMissing, readIfPresent } from '../step-supervisor/file-errors.js';
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

/** How a process ended; undefined while it runs, or where there is no doubt that it does. */
export async function findEnd(folder: string, jobId: string, doubts: Doubts): Promise<ProcessEnd | undefined> {
  const exit = doubts.ended ? await readExit(folder) : undefined;
  if (exit !== undefined || !doubts.died) return exit;
  const reason = await explainLoss(folder, jobId);
  if (reason === undefined) return undefined;
  // the record may have been written between the two questions
  return (await readExit(folder)) ?? { kind: 'lost', reason };
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
