import type { V1ContainerState, V1ContainerStatus, V1Pod, V1PodCondition, V1PodStatus } from '@kubernetes/client-node';
import { podState, type PodState } from '@danube/core/adapters/runtime-kubernetes/state/pod-state.js';

export const created = new Date('2026-11-22T02:00:00Z');
export const at = (seconds: number) => new Date(created.getTime() + seconds * 1000);
export const bounds = { imagePullTimeoutMs: 120_000, scheduleTimeoutMs: 300_000 };

export const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: at(1) } as V1PodCondition;
export const waiting = (reason: string, message?: string): V1ContainerState => ({
  waiting: { reason, ...(message === undefined ? {} : { message }) },
});
export const running: V1ContainerState = { running: { startedAt: at(30) } };
export const ended = (
  exitCode: number,
  reason = exitCode === 0 ? 'Completed' : 'Error',
  message?: string,
): V1ContainerState => ({
  terminated: { exitCode, reason, finishedAt: at(40), ...(message === undefined ? {} : { message }) },
});
const initializing = waiting('PodInitializing');

export function status(
  name: string,
  state: V1ContainerState,
  more: Partial<V1ContainerStatus> = {},
): V1ContainerStatus {
  return { name, state, image: '', imageID: '', ready: false, restartCount: 0, ...more };
}

export interface Containers {
  readonly checkout?: V1ContainerState;
  readonly worker?: V1ContainerState;
  readonly coordinator?: V1ContainerState;
  readonly workerMore?: Partial<V1ContainerStatus>;
}

/** A pod as Danube makes them, with what a kubelet would say of it. */
export function podWith(
  { checkout = initializing, worker = initializing, coordinator = initializing, workerMore }: Containers,
  more: Partial<V1PodStatus> = {},
  deletedAt?: Date,
): V1Pod {
  const limits = { limits: { memory: '512Mi' } };
  return {
    metadata: { creationTimestamp: created, ...(deletedAt === undefined ? {} : { deletionTimestamp: deletedAt }) },
    spec: {
      initContainers: [
        { name: 'checkout', image: 'coordinator:1', resources: limits },
        { name: 'worker', image: 'node:22', resources: limits },
      ],
      containers: [{ name: 'coordinator', image: 'coordinator:1', resources: limits }],
    },
    status: {
      phase: 'Pending',
      conditions: [scheduled],
      initContainerStatuses: [status('checkout', checkout), status('worker', worker, workerMore)],
      containerStatuses: [status('coordinator', coordinator)],
      ...more,
    },
  };
}

export const done = ended(0);
export const working = { checkout: done, worker: running, coordinator: running };
export const look = (pod: V1Pod, seconds = 60): PodState => podState(pod, at(seconds).getTime(), bounds);
