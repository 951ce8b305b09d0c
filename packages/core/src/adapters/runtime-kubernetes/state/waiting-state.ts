import type { V1Pod } from '@kubernetes/client-node';
import { containers } from '../pod-layout.js';
import { clusterWords } from './cluster-words.js';
import { observeContainer, toTime } from './container-status.js';
import { decideStart } from './decide-start.js';
import type { PodBounds, PodState } from './pod-state.js';
import { startProblem, type StartProblem } from './start-problem.js';

type Waiting = Extract<PodState, { kind: 'waiting' | 'failed' }>;

function decide(problem: StartProblem, since: number, waitedMs: number, boundMs: number): Waiting {
  const { givenUp, words } = decideStart(problem, waitedMs, boundMs);
  return givenUp ? { kind: 'failed', reason: words } : { kind: 'waiting', since, problem: words };
}

/** When the first container that has not started began to wait: at the end of what comes before it. */
function waitsSince(pod: V1Pod, scheduledAt: number): number {
  const checkout = observeContainer(pod, containers.checkout)?.status?.state?.terminated;
  const worker = observeContainer(pod, containers.worker)?.status?.state?.running;
  return toTime(worker?.startedAt) ?? toTime(checkout?.finishedAt) ?? scheduledAt;
}

/** A pod of which no container runs yet that has to: what it waits for, and whether that has taken too long. */
export function waitingState(pod: V1Pod, now: number, bounds: PodBounds): Waiting {
  const createdAt = toTime(pod.metadata?.creationTimestamp) ?? now;
  const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') {
    const words = `no node can take the pod: ${clusterWords(scheduled.message)}; ask for less, or for other nodes, in the pipeline's kubernetes block`;
    return decide({ words, final: false }, createdAt, now - createdAt, bounds.scheduleTimeoutMs);
  }
  for (const name of Object.values(containers)) {
    const container = observeContainer(pod, name);
    const problem = container === undefined ? undefined : startProblem(container);
    if (problem === undefined) continue;
    const since = waitsSince(pod, toTime(scheduled?.lastTransitionTime) ?? createdAt);
    return decide(problem, createdAt, now - since, bounds.imagePullTimeoutMs);
  }
  return { kind: 'waiting', since: createdAt, problem: undefined };
}
