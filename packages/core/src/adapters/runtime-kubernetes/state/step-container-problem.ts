import type { V1Pod } from '@kubernetes/client-node';
import { addedAtVariable } from '../manifest/step-container-manifest.js';
import { stepContainer } from '../pod-layout.js';
import { describeEnd } from './container-end.js';
import { observeContainer } from './container-status.js';
import { decideStart } from './decide-start.js';
import type { PodBounds } from './pod-state.js';
import { startProblem } from './start-problem.js';

function addedAt(pod: V1Pod, name: string): number | undefined {
  const container = pod.spec?.ephemeralContainers?.find((one) => one.name === name);
  const value = container?.env?.find((variable) => variable.name === addedAtVariable)?.value;
  return value === undefined ? undefined : Number(value);
}

/**
 * Why the container of a step will never run it to an end that is on record; undefined while it may, and for a step
 * without a container of its own.
 */
export function stepContainerProblem(pod: V1Pod, sequence: number, now: number, bounds: PodBounds): string | undefined {
  const name = stepContainer(sequence);
  const container = observeContainer(pod, name);
  if (container === undefined) return undefined;
  const end = container.status?.state?.terminated;
  // the supervisor ends with 0 once the end of the step is on record
  if (end !== undefined) return end.exitCode === 0 ? undefined : describeEnd(container, end);
  const problem = startProblem(container);
  if (problem === undefined) return undefined;
  const waitedMs = now - (addedAt(pod, name) ?? now);
  const decided = decideStart(problem, waitedMs, bounds.imagePullTimeoutMs);
  return decided.givenUp ? decided.words : undefined;
}
