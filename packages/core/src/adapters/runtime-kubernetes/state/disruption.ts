import type { V1Pod } from '@kubernetes/client-node';
import { clusterWords } from './cluster-words.js';

/** What the reason of a pod's status means. The cluster's own message follows. */
const reasons: Readonly<Record<string, string>> = {
  DeadlineExceeded:
    'the cluster ended it because it ran far beyond its deadline, which its master did not see to; was the server down?',
  Evicted:
    'its node evicted it; raise what it asks for in kubernetes.resources or kubernetes.workspace_size, or use less',
  NodeLost: 'its node was lost; start the job again',
  NodeShutdown: 'its node was shut down; start the job again',
  Terminated: 'its node was shut down; start the job again',
  Shutdown: 'its node was shut down; start the job again',
  Preempting: 'a pod with a higher priority took its place; start the job again',
  Preempted: 'a pod with a higher priority took its place; start the job again',
};

/** What the reason of the condition `DisruptionTarget` means. */
const disruptions: Readonly<Record<string, string>> = {
  PreemptionByScheduler: 'a pod with a higher priority took its place; start the job again',
  DeletionByTaintManager: 'its node does not answer or was closed to it; start the job again',
  EvictionByEvictionAPI: 'somebody emptied its node; start the job again',
  DeletionByPodGC: 'its node is gone; start the job again',
  TerminationByKubelet: 'its node ended it, being shut down or short of something; start the job again',
};

function withMessage(words: string, message: string | undefined): string {
  return message === undefined || message === '' ? words : `${words} (${clusterWords(message)})`;
}

function ofStatus({ status }: V1Pod): string | undefined {
  const { reason, message } = status ?? {};
  if (reason === undefined) return undefined;
  const words = reasons[reason] ?? `the cluster gave it up: ${reason}; an administrator of the cluster can say more`;
  return withMessage(words, message);
}

function ofCondition({ status }: V1Pod): string | undefined {
  const condition = status?.conditions?.find(({ type, status }) => type === 'DisruptionTarget' && status === 'True');
  if (condition === undefined) return undefined;
  const words =
    disruptions[condition.reason ?? ''] ?? `the cluster ended it: ${condition.reason ?? 'without a reason'}`;
  return withMessage(words, condition.message);
}

const deleted = 'somebody deleted its pod, which ends the job; look for kubectl delete, a drained node or a clean-up';

/** Why a pod comes to its end before its programs do; undefined while it does not. */
export function disruption(pod: V1Pod): string | undefined {
  const isDeleted = (pod.metadata?.deletionTimestamp ?? undefined) !== undefined;
  const isOver = isDeleted || pod.status?.phase === 'Failed';
  const stated = ofStatus(pod) ?? (isOver ? ofCondition(pod) : undefined);
  return stated ?? (isDeleted ? deleted : undefined);
}
