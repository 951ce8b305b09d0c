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
import { containedCommandFile, ContainerEngine } from './container-engine.js';
import { endProcesses } from './end-processes.js';
import { followProcess } from '../step-supervisor/follow/follow-process.js';
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
}

/** For the log of every master that runs jobs this way. */
export const isolationWarning =
  'the local runtime is no isolation: jobs run as the same user as this server and can read its files; ' +
  'run only pipelines that you trust, or use the kubernetes runtime';

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
    await refreshConnection(folder.connectionFile, addresses);
    return 'started';
  }

  async startStep(step: StepSpec): Promise<void> {
    const folder = this.#folder(step.jobId);
    const command = renderCommand(step.command);
    if (step.image === undefined) {
      await this.#startProcess(folder, step, step.env, { [processFiles.command]: command });
    } else if (!(await wasClaimed(folder.process(step.sequence), step.jobId))) {
      await this.#startProcess(folder, step, step.env, {
        [processFiles.command]: renderCommand(await this.#containers.prepare(step, step.image, folder)),
        [containedCommandFile]: command,
      });
    }
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
    await mkdir(folder.processes, { recursive: true, mode: 0o700 });
    await writeConnection(folder.connectionFile, job.connection);
    if (await wasClaimed(folder.process(0), job.jobId)) return { warnings: [] };
    const report = await this.#checkOut(job, folder, signal);
    await replaceFile(folder.environmentFile, renderEnvironment(jobEnvironment(job, folder.workspace)));
    signal.throwIfAborted();
    const environment = coordinatorEnvironment(job, {
      connectionFile: folder.connectionFile,
      sdk: this.options.sdkPath,
    });
    await this.#startProcess(folder, { jobId: job.jobId, sequence: 0 }, environment, {
      [processFiles.command]: renderCommand(this.options.coordinatorCommand(job)),
    });
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
      },
      signal,
    );
    await removeTree(folder.workspace);
    await rename(destination, folder.workspace);
    return report;
  }

  async #startProcess(
    folder: JobFolder,
    process: ProcessRef,
    env: Readonly<Record<string, string>>,
    files: Readonly<Record<string, string>>,
  ): Promise<void> {
    const environment = `. ${quoteForShell(folder.environmentFile)}\n${renderEnvironment(env)}`;
    await this.#starter.start({
      jobId: process.jobId,
      sequence: process.sequence,
      folder: folder.process(process.sequence),
      workspace: folder.workspace,
      files: { [processFiles.env]: environment, ...files },
    });
  }
}
