import { DanubeError } from '@danube/plugin-api';
import type { V1Pod } from '@kubernetes/client-node';
import type { KubernetesSettings } from '../../domain/kubernetes/kubernetes-settings.js';
import type { Clock } from '../../services/ports/clock.js';
import type { JobSpec, MasterAddresses, StepSpec } from '../../services/ports/job-runtime.js';
import type { Logger } from '../../services/ports/logger.js';
import type { CheckoutReport } from '../../services/ports/source-checkout.js';
import { masterAddresses } from '../step-supervisor/connection-document.js';
import type { ClusterApi } from './api/cluster-api.js';
import type { PodWatch } from './api/pod-watch.js';
import { PodAttendant } from './attend/pod-attendant.js';
import type { PodStates } from './attend/pod-states.js';
import { JobMirror } from './mirror/job-mirror.js';
import { containers, objectName } from './pod-layout.js';
import { refreshConnectionScript } from './scripts/refresh-connection.js';
import { deliver } from './start/deliver.js';
import type { JobNetwork } from './start/job-network.js';
import { removalGraceSeconds } from './start/remove-pod.js';
import type { StartPod } from './start/start-pod.js';
import type { StartStep } from './steps/start-step.js';
import { stopAllProcesses, stopProcess } from './steps/stop-processes.js';
import { keepFailedPod } from './sweep/keep-failed-pod.js';

export interface JobPodParts {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly states: PodStates;
  readonly network: JobNetwork;
  readonly startPod: StartPod;
  readonly startStep: StartStep;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The instance's settings in force. */
  readonly settings: () => KubernetesSettings;
  /** Which pods are this instance's. */
  readonly labelSelector: string;
}

/** After its processes were ended, this long for their records to arrive. */
const recordMs = 10_000;

/** What this master does with the pod of one job. */
export class JobPod {
  readonly mirror: JobMirror;
  readonly #name: string;
  readonly #attendant: PodAttendant;
  readonly #startedSteps = new Map<number, Promise<void>>();
  readonly #stopped = new AbortController();
  readonly #asked = new AbortController();
  #starting = false;
  #lettingGo = false;

  constructor(
    private readonly jobId: string,
    folder: string,
    private readonly parts: JobPodParts,
  ) {
    this.#name = objectName(jobId);
    this.mirror = new JobMirror(folder);
    this.#attendant = new PodAttendant(jobId, this.mirror, parts);
  }

  async start(job: JobSpec, signal: AbortSignal): Promise<CheckoutReport> {
    this.#starting = true;
    try {
      await this.mirror.create();
      const report = await this.parts.startPod.execute(job, this.mirror, this.#asked.signal, signal);
      await this.mirror.writeAddresses(JSON.stringify(masterAddresses(job.connection)));
      this.attend();
      return report;
    } finally {
      this.#starting = false;
    }
  }

  /** Begins to take what the pod's processes write, unless that has begun. */
  attend(): void {
    this.#attendant.begin();
  }

  /** Tells the coordinator in the background where the master listens, where that is news. */
  async tellAddresses(current: MasterAddresses): Promise<void> {
    const addresses = masterAddresses(current);
    const text = JSON.stringify(addresses);
    if ((await this.mirror.readAddresses()) === text) return;
    const script = refreshConnectionScript(addresses);
    void deliver(this.parts.api, { pod: this.#name, container: containers.coordinator, script }, this.#attendant.over)
      .then(() => this.mirror.writeAddresses(text))
      .catch((error: unknown) => {
        if (this.#attendant.over.aborted) return;
        this.parts.logger.error('could not tell a job where the master is now', { job_id: this.jobId, err: error });
      });
  }

  /** @throws DanubeError `job_stopped`, `job_not_started` (conflict), `pod_failed`, and those of {@link StartStep} */
  async startStep(step: StepSpec): Promise<void> {
    if (this.#stopped.signal.aborted) throw stopped(this.jobId);
    // who asks for a step is the coordinator, which may run for a while before the cluster says so
    if (this.#starting) {
      await this.mirror.markStarted();
      this.#asked.abort();
    }
    if (!(await this.mirror.wasStarted())) throw notStarted(this.jobId);
    const started = this.#startedSteps.get(step.sequence) ?? this.#startStep(step);
    this.#startedSteps.set(step.sequence, started);
    try {
      await started;
    } catch (error) {
      this.#startedSteps.delete(step.sequence);
      throw error;
    }
  }

  /** Ends one process; resolves when its end is here, or when nothing of it can run any more. */
  async stop(sequence: number, graceMs: number, signal: AbortSignal): Promise<void> {
    const pod = await this.#find(signal);
    if (pod === undefined || !(await this.mirror.wasStarted())) return;
    this.attend();
    await stopProcess(this.parts.api, pod, { jobId: this.jobId, sequence }, graceMs, signal);
    await this.mirror.awaitEnds([sequence], recordMs);
  }

  async stopAll(graceMs: number, signal: AbortSignal): Promise<void> {
    this.#stopped.abort();
    const pod = await this.#find(signal);
    if (pod === undefined) return;
    if (await this.mirror.wasStarted()) {
      // what steps left behind ends with the pod
      if ((await this.mirror.unended()).length === 0) return;
      this.attend();
      const orderly = await stopAllProcesses(this.parts.api, pod, graceMs, signal).catch(() => false);
      const ended = await this.mirror.awaitEnds(await this.mirror.unended(), orderly ? recordMs : 0);
      if (orderly && ended) return;
    }
    await this.parts.api.deletePod(this.#name, removalGraceSeconds, signal);
    if (await this.mirror.awaitEnds(await this.mirror.unended(), recordMs)) return;
    for (const sequence of await this.mirror.unended()) await this.mirror.lose(sequence, 'it was ended with its pod');
  }

  async cleanUp(signal: AbortSignal): Promise<void> {
    const keepMs = this.parts.settings().keepFailedForMs;
    const end = await this.mirror.findEnd(0);
    const failed = end?.kind !== 'exited' || end.exitCode !== 0;
    await this.#attendant.stop();
    const kept = keepMs > 0 && failed && (await keepFailedPod(this.parts, this.#name, keepMs, signal));
    if (!kept) await this.parts.api.deletePod(this.#name, removalGraceSeconds, signal);
    await this.parts.network.close(this.jobId, signal);
    await this.mirror.remove();
  }

  /** The pod goes on; the next master takes it up. */
  async letGo(): Promise<void> {
    this.#lettingGo = true;
    await this.#attendant.stop();
  }

  async #startStep(step: StepSpec): Promise<void> {
    await this.mirror.expect(step.sequence);
    this.attend();
    const { over } = this.#attendant;
    try {
      const signal = AbortSignal.any([this.#stopped.signal, over]);
      if ((await this.mirror.findEnd(step.sequence)) === undefined) await this.parts.startStep.execute(step, signal);
    } catch (error) {
      const cause: unknown = this.#stopped.signal.aborted ? stopped(this.jobId) : over.aborted ? over.reason : error;
      if (!this.#lettingGo) await this.mirror.lose(step.sequence, (cause as Error).message);
      throw cause;
    }
  }

  async #find(signal: AbortSignal): Promise<V1Pod | undefined> {
    return this.parts.watch.get(this.#name) ?? (await this.parts.api.readPod(this.#name, signal));
  }
}

function stopped(jobId: string): DanubeError {
  return new DanubeError('job_stopped', `Job ${jobId} was stopped; nothing of it can start any more.`, {
    category: 'conflict',
  });
}

function notStarted(jobId: string): DanubeError {
  return new DanubeError('job_not_started', `Job ${jobId} has no pod here: it was not started, or is cleaned up.`, {
    category: 'conflict',
  });
}
