import type { V1Pod } from '@kubernetes/client-node';
import type { Clock } from '../../../services/ports/clock.js';
import type { ClusterApi } from '../api/cluster-api.js';
import type { PodWatch } from '../api/pod-watch.js';
import { type PodBounds, podState, type PodState } from '../state/pod-state.js';

export interface ObservedPod {
  /** Undefined when there is none. */
  readonly pod: V1Pod | undefined;
  readonly state: PodState;
}

/** A pod that waits may be given up without any change of it. */
const reconsiderMs = 1000;
/** How long a pod that was just created may take to show in the watch. */
const appearMs = 2000;

/** What pods are like, as it changes. */
export class PodStates {
  constructor(
    private readonly api: Pick<ClusterApi, 'readPod'>,
    private readonly watch: Pick<PodWatch, 'changes'>,
    private readonly clock: Clock,
  ) {}

  /**
   * The state now, at every change, and again while time alone may change it, or once when it is woken. Ends with the
   * signal.
   */
  async *of(
    name: string,
    bounds: PodBounds,
    signal: AbortSignal,
    wake?: AbortSignal,
  ): AsyncGenerator<ObservedPod, void> {
    const changes = this.watch.changes(name, signal)[Symbol.asyncIterator]();
    let woken = wake === undefined ? undefined : untilAborted(wake);
    let next = changes.next();
    let pod: V1Pod | undefined;
    let seen = false;
    for (;;) {
      const state = podState(pod, this.clock.now(), bounds);
      const waits = !seen || state.kind === 'waiting' || (state.kind === 'running' && state.problem !== undefined);
      const change = await Promise.race([
        next,
        ...(waits ? [this.#pause(seen ? reconsiderMs : appearMs)] : []),
        ...(woken === undefined ? [] : [woken]),
      ]);
      if (signal.aborted || change?.done === true) return;
      if (wake?.aborted === true) woken = undefined;
      if (change !== undefined) {
        pod = change.value;
        next = changes.next();
        // not seen yet is not gone
        if (pod === undefined && !seen) continue;
      } else if (!seen) {
        pod = await this.api.readPod(name, signal);
      }
      seen = true;
      yield { pod, state: podState(pod, this.clock.now(), bounds) };
    }
  }

  #pause(milliseconds: number): Promise<undefined> {
    return new Promise((resolve) => this.clock.callAfter(milliseconds, () => resolve(undefined)));
  }
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
