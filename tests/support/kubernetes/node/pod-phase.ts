import type { ContainerStatus, PodPhase, PodSpec } from '../types.js';

export interface StatusesOfContainers {
  readonly init: readonly ContainerStatus[];
  readonly main: readonly ContainerStatus[];
}

/** The phase that the states of the containers amount to. */
export function phaseOf(spec: PodSpec, { init, main }: StatusesOfContainers): PodPhase {
  const sidecars = new Set(
    spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name),
  );
  const isSidecar = ({ name }: ContainerStatus) => sidecars.has(name);
  const failedInit = init.some((status) => !isSidecar(status) && (status.state.terminated?.exitCode ?? 0) !== 0);
  if (failedInit && spec.restartPolicy === 'Never') return 'Failed';
  const begun = main.some(({ state, lastState }) => state.running ?? state.terminated ?? lastState.terminated);
  const initialized = init.every((status) =>
    isSidecar(status) ? status.started === true : status.state.terminated?.exitCode === 0,
  );
  if (!begun && !initialized) return 'Pending';
  if (main.some(({ state, lastState }) => state.waiting && !lastState.terminated)) return 'Pending';
  if (main.some(({ state }) => !state.terminated)) return 'Running';
  if (init.some((status) => isSidecar(status) && status.state.running)) return 'Running';
  return main.every(({ state }) => state.terminated?.exitCode === 0) ? 'Succeeded' : 'Failed';
}
