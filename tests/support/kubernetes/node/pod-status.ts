import {
  timestamp,
  type ContainerStatus,
  type Pod,
  type PodCondition,
  type PodPhase,
  type PodStatus,
} from '../types.js';
import { conditionsOf } from './pod-conditions.js';
import { phaseOf } from './pod-phase.js';

/** What the kubelet knows of a pod beside its object. */
export interface PodFacts {
  readonly generation: number;
  readonly startTime: string;
  readonly podIP: string | undefined;
  readonly sandboxReady: boolean;
  readonly init: readonly ContainerStatus[];
  readonly main: readonly ContainerStatus[];
  readonly ephemeral: readonly ContainerStatus[];
  /** A reason to end the pod that is none of its containers'. */
  readonly failure: { readonly reason: string; readonly message: string } | undefined;
  /** All has been taken down: only now may a phase be final. */
  readonly down: boolean;
  /** The pod was ended from outside: containers that never ran will not any more. */
  readonly abandoned: boolean;
}

export const nodeName = 'node1';
const hostIP = '192.0.2.2';
const lost: ContainerStatus['state'] = {
  terminated: {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
    startedAt: null,
    finishedAt: null,
  },
};

export function podStatus(pod: Pod, facts: PodFacts): PodStatus {
  const amounts: PodPhase = facts.failure ? 'Failed' : phaseOf(pod.spec, facts);
  const isFinal = amounts === 'Succeeded' || amounts === 'Failed';
  const shown = isFinal && !facts.down ? pod.status.phase : amounts;
  const conditions = conditionsOf(pod.spec, facts, amounts, facts.sandboxReady);
  // containers that an init container kept from running are left waiting
  const initialized = conditions.some(({ type, status }) => type === 'Initialized' && status === 'True');
  const main = facts.abandoned && initialized ? facts.main.map(withoutWaiting) : facts.main;
  return {
    phase: facts.abandoned && !isFinal ? 'Failed' : shown,
    qosClass: pod.status.qosClass,
    observedGeneration: facts.generation,
    conditions: conditions.map((condition) => dated(condition, pod.status.conditions, facts.generation)),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    startTime: facts.startTime,
    ...(facts.podIP !== undefined && { podIP: facts.podIP, podIPs: [{ ip: facts.podIP }] }),
    ...(facts.failure && facts.down && facts.failure),
    ...(facts.init.length > 0 && { initContainerStatuses: facts.init }),
    containerStatuses: main,
    ...(facts.ephemeral.length > 0 && { ephemeralContainerStatuses: facts.ephemeral }),
    resources: {},
  };
}

function withoutWaiting(status: ContainerStatus): ContainerStatus {
  return status.state.waiting ? { ...status, state: lost } : status;
}

type Undated = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

/** Keeps the time of a condition that has not changed. */
function dated(condition: Undated, before: readonly PodCondition[] = [], generation: number): PodCondition {
  const same = before.find(({ type, status }) => type === condition.type && status === condition.status);
  return {
    ...condition,
    observedGeneration: generation,
    lastProbeTime: null,
    lastTransitionTime: same?.lastTransitionTime ?? timestamp(),
  };
}
