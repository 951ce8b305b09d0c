import type { Clock } from '../../../services/ports/clock.js';
import type { StepSpec } from '../../../services/ports/job-runtime.js';
import { renderCommand } from '../../step-supervisor/render-files.js';
import type { ClusterApi } from '../api/cluster-api.js';
import type { PodWatch } from '../api/pod-watch.js';
import { stepContainerManifest } from '../manifest/step-container-manifest.js';
import { podFailed } from '../pod-failed.js';
import { containers, objectName } from '../pod-layout.js';
import type { PodProcess } from '../scripts/pod-process.js';
import { placeProcessScript, startProcessScript } from '../scripts/start-process.js';
import { deliver } from '../start/deliver.js';
import { processEnvironment } from '../start/make-delivery.js';

export interface StartStepParts {
  readonly api: ClusterApi;
  readonly watch: Pick<PodWatch, 'get'>;
  readonly clock: Clock;
}

/** Starts steps in the pods of their jobs: in the worker, or in a container of their own. */
export class StartStep {
  constructor(private readonly parts: StartStepParts) {}

  /**
   * Resolves when the step's process is sure to run, or to begin when its image is there. Doing it again does nothing.
   * @throws DanubeError `env_invalid`, `command_invalid`, `pod_script_failed`, those of the API; the signal's reason
   */
  async execute(step: StepSpec, signal: AbortSignal): Promise<void> {
    const { jobId, sequence } = step;
    const process = {
      jobId,
      sequence,
      env: processEnvironment(step.env),
      command: renderCommand(step.command),
    };
    if (step.image === undefined) await this.#inWorker(process, signal);
    else await this.#inOwnContainer(process, step.image, signal);
  }

  async #inWorker(process: PodProcess, signal: AbortSignal): Promise<void> {
    const script = startProcessScript(process, this.parts.clock.now());
    await deliver(this.parts.api, { pod: objectName(process.jobId), container: containers.worker, script }, signal);
  }

  async #inOwnContainer(process: PodProcess, image: string, signal: AbortSignal): Promise<void> {
    const { api, watch } = this.parts;
    const pod = objectName(process.jobId);
    await deliver(api, { pod, container: containers.coordinator, script: placeProcessScript(process) }, signal);
    const found = watch.get(pod) ?? (await api.readPod(pod, signal));
    const worker = found?.spec?.initContainers?.find(({ name }) => name === containers.worker);
    if (worker === undefined) throw podFailed(`the pod of job ${process.jobId} is gone`);
    await api.addEphemeralContainer(pod, stepContainerManifest(process, image, worker, this.parts.clock.now()), signal);
  }
}
