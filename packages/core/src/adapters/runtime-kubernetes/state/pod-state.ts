import type { V1Pod } from '@kubernetes/client-node';
import type { PodOptions } from '../../../domain/kubernetes/pod-options.js';
import { containers } from '../pod-layout.js';
import { describeEnd, ranOutOfMemory, wasKilled } from './container-end.js';
import { observeContainer, toTime, type ObservedContainer } from './container-status.js';
import { disruption } from './disruption.js';
import { decideStart } from './decide-start.js';
import { startProblem } from './start-problem.js';
import { waitingState } from './waiting-state.js';

/** How long a pod may wait for what may still come, in milliseconds. */
export type PodBounds = Pick<PodOptions, 'imagePullTimeoutMs' | 'scheduleTimeoutMs'>;

/** How the worker ended last, after which it was started again. */
export interface WorkerEnd {
  readonly reason: string;
  readonly exitCode: number;
  /** Milliseconds since the epoch. */
  readonly finishedAt: number;
}

/** What the pod of a job is doing, of all that its status says. */
export type PodState =
  | {
      readonly kind: 'waiting';
      /** When it was created, in milliseconds since the epoch. */
      readonly since: number;
      /** What keeps it from starting and may yet pass; undefined: nothing does. */
      readonly problem: string | undefined;
    }
  | { readonly kind: 'checking_out' }
  | { readonly kind: 'checkout_failed'; readonly exitCode: number; readonly message: string }
  | {
      readonly kind: 'running';
      readonly workerRestarts: number;
      readonly workerEnd: WorkerEnd | undefined;
      /** What keeps the worker from starting again and may yet pass; undefined: nothing does. */
      readonly problem: string | undefined;
    }
  /** The coordinator's container ended by itself. */
  | { readonly kind: 'ended'; readonly exitCode: number; readonly reason: string }
  /** It came or will come to its end otherwise. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'gone' };

/** What a pod is doing; `undefined` is one that the cluster does not have, `now` in milliseconds since the epoch. */
export function podState(pod: V1Pod | undefined, now: number, bounds: PodBounds): PodState {
  if (pod === undefined) return { kind: 'gone' };
  return (
    ownEnd(pod) ??
    disrupted(pod) ??
    checkoutState(pod) ??
    runningState(pod, now, bounds) ??
    waitingState(pod, now, bounds)
  );
}

/** Why nothing of the pod will go on, in words; undefined while it may, and where the checkout has words of its own. */
export function endReason(state: PodState): string | undefined {
  if (state.kind === 'gone') return 'its pod is gone: somebody deleted it, or its node was lost';
  return state.kind === 'ended' || state.kind === 'failed' ? state.reason : undefined;
}

/** The end of a coordinator that nobody killed counts, whatever happens to its pod afterwards. */
function ownEnd(pod: V1Pod): PodState | undefined {
  const coordinator = observeContainer(pod, containers.coordinator);
  const end = coordinator?.status?.state?.terminated;
  if (coordinator === undefined || end === undefined) return undefined;
  if (ranOutOfMemory(end)) return { kind: 'failed', reason: describeEnd(coordinator, end) };
  if (wasKilled(end) && disruption(pod) !== undefined) return undefined;
  return { kind: 'ended', exitCode: end.exitCode, reason: describeEnd(coordinator, end) };
}

function disrupted(pod: V1Pod): PodState | undefined {
  const reason = disruption(pod);
  return reason === undefined ? undefined : { kind: 'failed', reason };
}

function checkoutState(pod: V1Pod): PodState | undefined {
  const checkout = observeContainer(pod, containers.checkout);
  const { running, terminated } = checkout?.status?.state ?? {};
  if (running !== undefined) return { kind: 'checking_out' };
  if (checkout === undefined || terminated === undefined || terminated.exitCode === 0) return undefined;
  if (terminated.message !== undefined && !ranOutOfMemory(terminated) && terminated.reason !== 'StartError') {
    return { kind: 'checkout_failed', exitCode: terminated.exitCode, message: terminated.message };
  }
  return { kind: 'failed', reason: describeEnd(checkout, terminated) };
}

function runningState(pod: V1Pod, now: number, bounds: PodBounds): PodState | undefined {
  const since = toTime(observeContainer(pod, containers.coordinator)?.status?.state?.running?.startedAt);
  if (since === undefined) return undefined;
  const worker = observeContainer(pod, containers.worker);
  // without its worker it would run for nothing
  const problem = worker === undefined ? undefined : startProblem(worker);
  if (worker !== undefined && problem !== undefined) {
    const waitedMs = now - Math.max(since, lastEnd(worker)?.finishedAt ?? 0);
    const { givenUp, words } = decideStart(problem, waitedMs, bounds.imagePullTimeoutMs);
    if (givenUp) return { kind: 'failed', reason: words };
  }
  return {
    kind: 'running',
    workerRestarts: worker?.status?.restartCount ?? 0,
    workerEnd: worker === undefined ? undefined : lastEnd(worker),
    problem: problem?.words,
  };
}

function lastEnd(worker: ObservedContainer): WorkerEnd | undefined {
  const end = worker.status?.state?.terminated ?? worker.status?.lastState?.terminated;
  if (end === undefined) return undefined;
  return {
    reason: describeEnd(worker, end),
    exitCode: end.exitCode,
    finishedAt: toTime(end.finishedAt) ?? 0,
  };
}
