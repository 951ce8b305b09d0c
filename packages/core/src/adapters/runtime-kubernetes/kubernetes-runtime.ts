import { join } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import pRetry from 'p-retry';
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
import type { CheckoutReport } from '../../services/ports/source-checkout.js';
import { followProcess } from '../step-supervisor/follow/follow-process.js';
import { readOutput } from '../step-supervisor/follow/read-output.js';
import { jobsFolder, listJobFolders } from '../step-supervisor/job-folders.js';
import { JobPod, type JobPodParts } from './job-pod.js';
import { removeOrphanedPolicies, removeOrphans } from './sweep/remove-orphans.js';

export interface KubernetesRuntimeOptions {
  readonly dataDir: string;
  readonly closeConnection: () => void;
}

/** How long one attempt to stop or to clean up goes on while the cluster does not answer; whoever asked tries again. */
const patienceMs = 20_000;
const sweepMs = 60_000;

/** Runs each job in a pod of its own. What its processes write is mirrored to the master's disk, and read there. */
export class KubernetesRuntime implements JobRuntime {
  readonly kind = 'kubernetes';
  readonly #pods = new Map<string, JobPod>();
  readonly #starting = new Map<string, Promise<CheckoutReport>>();
  readonly #closing = new AbortController();
  #sweeping: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: KubernetesRuntimeOptions,
    private readonly parts: JobPodParts,
  ) {}

  /** Begins to watch; a cluster that is away is waited for in the background. */
  open(): void {
    const { signal } = this.#closing;
    void this.#connect(signal).then(
      async () => {
        await this.#tidy((jobs) => removeOrphanedPolicies(this.parts, jobs, signal));
        await this.#sweep();
      },
      () => undefined, // closed before the cluster let us in
    );
  }

  /** Lets go of all pods, which go on. */
  async close(): Promise<void> {
    this.#closing.abort(closed());
    clearTimeout(this.#sweeping);
    await Promise.all([...this.#pods.values()].map((pod) => pod.letGo()));
    await this.parts.watch.stop();
    this.options.closeConnection();
  }

  checkHealth(signal: AbortSignal): Promise<void> {
    return this.parts.api.checkHealth(signal);
  }

  start(job: JobSpec, signal: AbortSignal): Promise<CheckoutReport> {
    const starting = this.#starting.get(job.jobId) ?? this.#pod(job.jobId).start(job, signal);
    this.#starting.set(job.jobId, starting);
    return starting.finally(() => this.#starting.delete(job.jobId));
  }

  async adopt(jobId: string, addresses: MasterAddresses): Promise<'started' | 'not_started'> {
    const pod = this.#pod(jobId);
    if (!(await pod.mirror.wasStarted())) return 'not_started';
    pod.attend();
    await pod.tellAddresses(addresses);
    return 'started';
  }

  async startStep(step: StepSpec): Promise<void> {
    await this.#pod(step.jobId).startStep(step);
  }

  async *follow(process: ProcessRef, from: OutputOffsets, signal: AbortSignal): AsyncGenerator<ProcessEvent, void> {
    const pod = this.#pod(process.jobId);
    if (await pod.mirror.wasStarted()) pod.attend();
    const folder = pod.mirror.process(process.sequence);
    const findEnd = () => pod.mirror.findEnd(process.sequence);
    yield* followProcess({ folder, child: undefined, findEnd }, from, signal);
  }

  async readOutput(process: ProcessRef, stream: OutputStream, offset: number, length: number): Promise<Buffer> {
    return readOutput(this.#pod(process.jobId).mirror.process(process.sequence), stream, offset, length);
  }

  async stop(process: ProcessRef, graceMs: number): Promise<void> {
    await this.#pod(process.jobId).stop(process.sequence, graceMs, this.#patience(graceMs));
  }

  async stopJob(jobId: string, graceMs: number): Promise<void> {
    await this.#pod(jobId).stopAll(graceMs, this.#patience(graceMs));
  }

  async cleanUp(jobId: string): Promise<void> {
    await this.#pod(jobId).cleanUp(this.#patience(0));
    this.#pods.delete(jobId);
  }

  listJobs(): Promise<readonly string[]> {
    return listJobFolders(this.options.dataDir);
  }

  /** What the cluster refuses today, such as a missing right, it may permit tomorrow. */
  async #connect(signal: AbortSignal): Promise<void> {
    const { api, watch, logger } = this.parts;
    const attempt = async () => {
      await api.ensureNamespaces(signal);
      await watch.start(signal);
    };
    await pRetry(attempt, {
      signal,
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 1000,
      maxTimeout: 30_000,
      onFailedAttempt: ({ error }) => logger.error('the cluster does not let this master in', { err: error }),
    });
  }

  #pod(jobId: string): JobPod {
    if (this.#closing.signal.aborted) throw closed();
    const known = this.#pods.get(jobId) ?? new JobPod(jobId, join(jobsFolder(this.options.dataDir), jobId), this.parts);
    this.#pods.set(jobId, known);
    return known;
  }

  #patience(graceMs: number): AbortSignal {
    return AbortSignal.any([this.#closing.signal, AbortSignal.timeout(patienceMs + graceMs)]);
  }

  async #sweep(): Promise<void> {
    const { signal } = this.#closing;
    await this.#tidy((jobs) => removeOrphans(this.parts, jobs, signal));
    if (!signal.aborted) this.#sweeping = setTimeout(() => void this.#sweep(), sweepMs).unref();
  }

  async #tidy(remove: (jobs: readonly string[]) => Promise<void>): Promise<void> {
    try {
      await remove(await this.listJobs());
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.parts.logger.warn('could not remove from the cluster what no job needs', { err: error });
    }
  }
}

function closed(): DanubeError {
  return new DanubeError('runtime_unavailable', 'the master is stopping; jobs go on in their pods', {
    category: 'unavailable',
  });
}
