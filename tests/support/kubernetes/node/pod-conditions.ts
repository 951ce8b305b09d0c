import type { ContainerStatus, PodCondition, PodPhase, PodSpec } from '../types.js';
import type { StatusesOfContainers } from './pod-phase.js';

type Condition = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

const isTrue = (type: string): Condition => ({ type, status: 'True' });

/** The kubelet's conditions of a pod, in its order; `phase` is the one that the containers amount to. */
export function conditionsOf(
  spec: PodSpec,
  statuses: StatusesOfContainers,
  phase: PodPhase,
  sandboxReady: boolean,
): Condition[] {
  const sandbox: Condition = { type: 'PodReadyToStartContainers', status: sandboxReady ? 'True' : 'False' };
  const readiness = readinessOf(spec, statuses, phase);
  return [
    sandbox,
    initialization(spec, statuses, phase),
    { type: 'Ready', ...readiness },
    { type: 'ContainersReady', ...readiness },
    isTrue('PodScheduled'),
  ];
}

function initialization(spec: PodSpec, { init, main }: StatusesOfContainers, phase: PodPhase): Condition {
  const type = 'Initialized';
  if (phase === 'Succeeded') return init.length > 0 ? { ...isTrue(type), reason: 'PodCompleted' } : isTrue(type);
  if (main.some(({ state, lastState }) => state.running ?? state.terminated ?? lastState.terminated))
    return isTrue(type);
  const incomplete = init.filter((status) => !(isSidecar(spec, status) ? status.started : status.ready));
  if (incomplete.length === 0) return isTrue(type);
  return {
    type,
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: ${listed(incomplete)}`,
  };
}

function readinessOf(spec: PodSpec, { init, main }: StatusesOfContainers, phase: PodPhase): Omit<Condition, 'type'> {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const unready = [...init.filter((status) => isSidecar(spec, status)), ...main].filter(({ ready }) => !ready);
  if (unready.length === 0) return { status: 'True' };
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: ${listed(unready)}`,
  };
}

function isSidecar({ initContainers = [] }: PodSpec, { name }: ContainerStatus): boolean {
  return initContainers.some((container) => container.name === name && container.restartPolicy === 'Always');
}

function listed(statuses: readonly ContainerStatus[]): string {
  return `[${statuses.map(({ name }) => name).join(' ')}]`;
}
