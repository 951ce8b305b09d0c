import { setTimeout as wait } from 'node:timers/promises';
import { DanubeError } from '@danube/plugin-api';
import type { Clock } from '../../../services/ports/clock.js';
import type { Logger } from '../../../services/ports/logger.js';
import type { ClusterApi } from '../api/cluster-api.js';
import { followPod } from '../mirror/follow-pod.js';
import type { JobMirror } from '../mirror/job-mirror.js';
import { salvageOutputs } from '../mirror/salvage-outputs.js';
import { containers, objectName } from '../pod-layout.js';
import { endReason, type PodBounds } from '../state/pod-state.js';
import { podFailed } from '../pod-failed.js';
import { LostSteps } from './lost-steps.js';
import type { ObservedPod, PodStates } from './pod-states.js';

export interface AttendantParts {
  readonly api: ClusterApi;
  readonly states: PodStates;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The instance's settings in force: how long images may fail to be pulled. */
  readonly settings: () => PodBounds;
}

/** After a pod has ended, its stream may still bring what was on its way. */
const drainMs = 5000;
/** How long a pod that has ended is asked for its last words. */
const salvageMs = 5000;
/** How often time alone is asked whether a process is lost. */
const reconsiderMs = 2000;
/** Before a broken stream is opened anew; doubled each time until it is up again. */
const firstPauseMs = 100;
const longestPauseMs = 5000;

/**
 * Looks after the pod of one job whose coordinator has started, until the job is cleaned up or the master stops: takes the
 * output of its processes, over as many streams as it takes, and says what became of those that will never record an end.
 */
export class PodAttendant {
  readonly #pod: string;
  readonly #stopping = new AbortController();
  readonly #ended = new AbortController();
  readonly #lostSteps: LostSteps;
  #latest: ObservedPod | undefined;
  #streaming = false;
  #over = false;
  #attending: Promise<void> | undefined;

  constructor(
    private readonly jobId: string,
    private readonly mirror: JobMirror,
    private readonly parts: AttendantParts,
  ) {
    this.#pod = objectName(jobId);
    this.#lostSteps = new LostSteps(parts.clock, parts.settings);
  }

  /** Does nothing when it has begun already. */
  begin(): void {
    this.#attending ??= this.#attend().catch(this.#complain);
  }

  /** Aborted, with the reason, when nothing more can happen in the pod, or when it is let go. */
  get over(): AbortSignal {
    return this.#ended.signal;
  }

  /** Lets go of the pod, which goes on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#ended.abort(letGo(this.jobId));
    await this.#attending;
    await this.mirror.close();
  }

  async #attend(): Promise<void> {
    const { signal } = this.#stopping;
    const reading = new AbortController();
    const following = this.#follow(AbortSignal.any([signal, reading.signal]));
    const reconsidering = setInterval(() => void this.#loseSteps().catch(this.#complain), reconsiderMs);
    signal.addEventListener('abort', () => clearInterval(reconsidering));
    for await (const observed of this.parts.states.of(this.#pod, this.parts.settings(), signal)) {
      this.#latest = observed;
      await this.#loseSteps();
      const reason = endReason(observed.state);
      if (reason === undefined) continue;
      this.#over = true;
      clearInterval(reconsidering);
      if (!this.#streaming) reading.abort();
      const drained = this.parts.clock.callAfter(drainMs, () => reading.abort());
      await following;
      drained.cancel();
      await this.#salvage(observed, signal);
      for (const sequence of await this.mirror.unended()) await this.mirror.lose(sequence, reason);
      this.#ended.abort(podFailed(reason));
      return;
    }
    await following;
  }

  /** Follows until the pod is over, however often the stream breaks. */
  async #follow(signal: AbortSignal): Promise<void> {
    let pauseMs = firstPauseMs;
    const followed = {
      pod: this.#pod,
      mirror: this.mirror,
      onGone: (sequence: number) => this.#lostSteps.markGone(sequence),
      onFrame: () => {
        this.#streaming = true;
        pauseMs = firstPauseMs;
      },
    };
    while (!this.#over && !signal.aborted) {
      await followPod(this.parts.api, followed, signal).catch((error: Error) => {
        this.#streaming = false;
        if (signal.aborted || this.#over) return;
        this.parts.logger.warn('will follow a job anew', { job_id: this.jobId, reason: error.message });
      });
      if (this.#over) return;
      await wait(pauseMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  readonly #complain = (error: unknown): void => {
    if (this.#stopping.signal.aborted) return;
    this.parts.logger.error('could not look after the pod of a job', { job_id: this.jobId, err: error });
  };

  async #salvage({ pod }: ObservedPod, signal: AbortSignal): Promise<void> {
    const worker = pod?.status?.initContainerStatuses?.find(({ name }) => name === containers.worker);
    if (worker?.state?.running === undefined) return;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(salvageMs)]);
    // a worker that has gone as well has nothing more to tell
    await salvageOutputs(this.parts.api, this.#pod, this.mirror, limit).catch(() => undefined);
  }

  async #loseSteps(): Promise<void> {
    if (this.#latest === undefined) return;
    for (const sequence of await this.mirror.unended()) {
      const reason = this.#lostSteps.explain(sequence, this.#latest);
      if (reason !== undefined) await this.mirror.lose(sequence, reason);
    }
  }
}

function letGo(jobId: string): DanubeError {
  const message = `the master does not look after the pod of job ${jobId} any more`;
  return new DanubeError('runtime_unavailable', message, { category: 'unavailable' });
}
