import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import type { Clock } from '../../services/ports/clock.js';
import type { ProcessRef } from '../../services/ports/job-runtime.js';
import { processFiles } from '../step-supervisor/process-folder.js';
import { supervisorArguments } from '../step-supervisor/supervisor-script.js';
import { inheritedEnvironment } from './environment.js';
import { errorCode, isFileMissing } from '../step-supervisor/file-errors.js';
import { uniqueSuffix } from '../step-supervisor/replace-file.js';
import { exists } from './process-state.js';
import { processMarks } from './process-table.js';

export interface ProcessPlan extends ProcessRef {
  readonly folder: string;
  readonly workspace: string;
  /** What the folder holds before the start, by file name: at least `env` and `command`. */
  readonly files: Readonly<Record<string, string>>;
  /** Words that stand before the command to isolate it. */
  readonly launcher: readonly string[];
}

/** Starts supervised processes, each at most once, and knows the ones that it started itself. */
export class ProcessStarter {
  readonly #starting = new Map<string, Promise<void>>();
  readonly #children = new Map<string, ChildProcess>();
  readonly #closed = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** Calling it again, at once or later, or from another master, does nothing more: the folder's claim decides. */
  start(plan: ProcessPlan): Promise<void> {
    const starting = this.#starting.get(plan.folder);
    if (starting !== undefined) return starting;
    const started = this.#start(plan).finally(() => this.#starting.delete(plan.folder));
    this.#starting.set(plan.folder, started);
    return started;
  }

  /** The supervisor, while it runs and was started by this object: its exit event comes sooner than any file's. */
  child(folder: string): ChildProcess | undefined {
    return this.#children.get(folder);
  }

  /** From now on nothing of this job starts any more. */
  close(jobId: string): void {
    this.#closed.add(jobId);
  }

  forget(jobId: string): void {
    this.#closed.delete(jobId);
  }

  async #start(plan: ProcessPlan): Promise<void> {
    if (this.#children.has(plan.folder)) return;
    const prepared = await this.#prepare(plan);
    if (!prepared && (await exists(join(plan.folder, processFiles.claim)))) return;
    await this.#spawn(plan);
  }

  /** The folder comes into being with all its files, or not at all; false when it was there already. */
  async #prepare({ folder, jobId, files }: ProcessPlan): Promise<boolean> {
    const draft = `${folder}.${uniqueSuffix()}`;
    try {
      await mkdir(draft, { mode: 0o711 });
      await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(draft, name), content)));
      await rename(draft, folder);
      return true;
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return false;
      throw isFileMissing(error) ? jobGone(jobId) : unavailable(error);
    }
  }

  async #spawn({ folder, workspace, jobId, sequence, launcher }: ProcessPlan): Promise<void> {
    if (this.#closed.has(jobId)) throw jobStopped(jobId);
    const child = spawn('/bin/sh', supervisorArguments(folder, workspace, this.clock.now(), launcher), {
      cwd: '/',
      env: { ...inheritedEnvironment(process.env), ...processMarks(jobId, sequence) },
      detached: true,
      stdio: 'ignore',
    });
    child.unref();
    child.setMaxListeners(0);
    this.#children.set(folder, child);
    child.once('exit', () => this.#children.delete(folder));
    try {
      await once(child, 'spawn');
    } catch (error) {
      this.#children.delete(folder);
      throw unavailable(error);
    }
  }
}

function jobGone(jobId: string): DanubeError {
  return new DanubeError('job_not_started', `Job ${jobId} has no files here: it was not started, or is cleaned up.`, {
    category: 'conflict',
  });
}

function jobStopped(jobId: string): DanubeError {
  return new DanubeError('job_stopped', `Job ${jobId} was stopped; nothing of it can start any more.`, {
    category: 'conflict',
  });
}

function unavailable(cause: unknown): DanubeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DanubeError('runtime_unavailable', `The local runtime could not start a process: ${reason}.`, {
    category: 'unavailable',
    cause,
  });
}
