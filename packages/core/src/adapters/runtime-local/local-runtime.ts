import { mkdir, rename } from 'node:fs/promises';
import type { Clock } from '../../services/ports/clock.js';
import type {
  JobRuntime,
  JobSpec,
  MasterAddresses,
  OutputOffsets,
  OutputStream,
  ProcessEvent,
  ProcessRef,
  StepSpec,
} from '../../services/ports/job-runtime.js';
import type { CheckoutReport, SourceCheckout } from '../../services/ports/source-checkout.js';
import { coordinatorEnvironment, jobEnvironment } from '../step-supervisor/job-environment.js';
import { processFiles } from '../step-supervisor/process-folder.js';
import { replaceFile } from '../step-supervisor/replace-file.js';
import { quoteForShell, renderCommand, renderEnvironment } from '../step-supervisor/render-files.js';
import { refreshConnection, writeConnection } from './connection-file.js';
import { containedFiles, ContainerEngine } from './container-engine.js';
import { endProcesses } from './end-processes.js';
import { followProcess } from '../step-supervisor/follow/follow-process.js';
import { accountOf, type Isolation } from './isolation/isolation.js';
import {
  beginJobIsolation,
  giveTree,
  isolatedEnvironment,
  launcherWords,
  readJobIsolation,
  type JobIsolation,
} from './isolation/job-isolation.js';
import { JobFolder } from './job-folder.js';
import { readOutput } from '../step-supervisor/follow/read-output.js';
import { listJobFolders } from '../step-supervisor/job-folders.js';
import { ProcessStarter } from './process-starter.js';
import { findEnd, wasClaimed } from './process-state.js';
import { processMarks } from './process-table.js';
import { removeTree } from './remove-tree.js';

export interface LocalRuntimeOptions {
  readonly dataDir: string;
  /** The folder that holds the Python package `danube`. */
  readonly sdkPath: string;
  /** The shell command that runs the job's pipeline file; its working directory is the workspace. */
  readonly coordinatorCommand: (job: JobSpec) => string;
  /** Of jobs that start from now on. */
  readonly isolation: Isolation;
}

/** Runs jobs as supervised processes of this machine. */
export class LocalRuntime implements JobRuntime {
  readonly kind = 'local';
  readonly #starter: ProcessStarter;
  readonly #starting = new Map<string, Promise<CheckoutReport>>();
  readonly #containers = new ContainerEngine();

  constructor(
    private readonly options: LocalRuntimeOptions,
    private readonly checkout: SourceCheckout,
    clock: Clock,
  ) {
    this.#starter = new ProcessStarter(clock);
  }

  start(job: JobSpec, signal: AbortSignal): Promise<CheckoutReport> {
    const starting = this.#starting.get(job.jobId) ?? this.#start(job, signal);
    this.#starting.set(job.jobId, starting);
    return starting.finally(() => this.#starting.delete(job.jobId));
  }

  async adopt(jobId: string, addresses: MasterAddresses): Promise<'started' | 'not_started'> {
    const folder = this.#folder(jobId);
    if (!(await wasClaimed(folder.process(0), jobId))) return 'not_started';
    const { isolation } = await readJobIsolation(folder);
    await refreshConnection(folder.connectionFile, addresses, accountOf(isolation));
    return 'started';
  }

  async startStep(step: StepSpec): Promise<void> {
    const folder = this.#folder(step.jobId);
    const command = renderCommand(step.command);
    const isolation = await readJobIsolation(folder);
    if (step.image === undefined) return this.#startProcess(folder, isolation, step, step.env, command);
    if (await wasClaimed(folder.process(step.sequence), step.jobId)) return;
    await this.#starter.start({
      ...processPlan(folder, step),
      // the pipeline's variables are for the container, and not for the engine, which nothing isolates
      files: {
        [processFiles.env]: '',
        [processFiles.command]: renderCommand(await this.#containers.prepare(step, step.image, folder, isolation)),
        [containedFiles.env]: sharedEnvironment(folder) + renderEnvironment(step.env),
        [containedFiles.command]: command,
      },
      launcher: [],
    });
  }

  follow(process: ProcessRef, from: OutputOffsets, signal: AbortSignal): AsyncIterable<ProcessEvent> {
    const folder = this.#folder(process.jobId).process(process.sequence);
    const child = this.#starter.child(folder);
    return followProcess({ folder, child, findEnd: (doubts) => findEnd(folder, process.jobId, doubts) }, from, signal);
  }

  async readOutput(process: ProcessRef, stream: OutputStream, offset: number, length: number): Promise<Buffer> {
    return readOutput(this.#folder(process.jobId).process(process.sequence), stream, offset, length);
  }

  async stop(process: ProcessRef, graceMs: number): Promise<void> {
    await endProcesses(processMarks(process.jobId, process.sequence), graceMs);
    await this.#containers.remove(this.#folder(process.jobId), process.sequence);
  }

  async stopJob(jobId: string, graceMs: number): Promise<void> {
    this.#starter.close(jobId);
    await endProcesses({ DANUBE_JOB_ID: jobId }, graceMs);
    await this.#containers.remove(this.#folder(jobId));
  }

  async cleanUp(jobId: string): Promise<void> {
    await removeTree(this.#folder(jobId).path);
    this.#starter.forget(jobId);
  }

  listJobs(): Promise<readonly string[]> {
    return listJobFolders(this.options.dataDir);
  }

  #folder(jobId: string): JobFolder {
    return new JobFolder(this.options.dataDir, jobId);
  }

  async #start(job: JobSpec, signal: AbortSignal): Promise<CheckoutReport> {
    const folder = this.#folder(job.jobId);
    await mkdir(folder.path, { recursive: true, mode: 0o700 });
    for (const path of [folder.processes, folder.coordinator]) await mkdir(path, { recursive: true, mode: 0o711 });
    const started = await wasClaimed(folder.process(0), job.jobId);
    const isolation = started
      ? await readJobIsolation(folder)
      : await beginJobIsolation(folder, { isolation: this.options.isolation, network: job.network });
    const owner = accountOf(isolation.isolation);
    await writeConnection(folder.connectionFile, job.connection, owner);
    if (started) return { warnings: [] };
    const report = await this.#checkOut(job, folder, signal);
    await replaceFile(folder.environmentFile, renderEnvironment(jobEnvironment(job, folder.workspace)), owner);
    signal.throwIfAborted();
    const environment = coordinatorEnvironment(job, {
      connectionFile: folder.connectionFile,
      sdk: this.options.sdkPath,
    });
    const command = renderCommand(this.options.coordinatorCommand(job));
    await this.#startProcess(folder, isolation, { jobId: job.jobId, sequence: 0 }, environment, command);
    return report;
  }

  /** Checks out beside the workspace: the Git of a master that was killed may still be writing to where it began. */
  async #checkOut(job: JobSpec, folder: JobFolder, signal: AbortSignal): Promise<CheckoutReport> {
    const destination = folder.unusedPath('checkout');
    const { repositoryUrl, commit, ref } = job.source;
    const report = await this.checkout.checkOut(
      {
        repositoryUrl,
        commit,
        ref,
        destination,
        submodules: job.cloneSubmodules,
        depth: job.cloneDepth,
        access: job.access,
        // the mirrors are among what an isolated job does not see
        selfContained: this.options.isolation.mode !== 'none',
      },
      signal,
    );
    await giveTree(destination, this.options.isolation);
    await removeTree(folder.workspace);
    await rename(destination, folder.workspace);
    return report;
  }

  async #startProcess(
    folder: JobFolder,
    isolation: JobIsolation,
    process: ProcessRef,
    env: Readonly<Record<string, string>>,
    command: string,
  ): Promise<void> {
    const isolated = renderEnvironment(isolatedEnvironment(isolation, folder));
    await this.#starter.start({
      ...processPlan(folder, process),
      files: {
        [processFiles.env]: isolated + sharedEnvironment(folder) + renderEnvironment(env),
        [processFiles.command]: command,
      },
      launcher: launcherWords(isolation, folder, process.sequence),
    });
  }
}

function processPlan(folder: JobFolder, { jobId, sequence }: ProcessRef) {
  return { jobId, sequence, folder: folder.process(sequence), workspace: folder.workspace };
}

function sharedEnvironment(folder: JobFolder): string {
  return `. ${quoteForShell(folder.environmentFile)}\n`;
}
