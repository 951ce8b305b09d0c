import {
  at,
  bounds,
  ended,
  podWith,
  running,
  status,
  waiting,
  working,
} from '@danube/test-support/kubernetes/observed-pod.js';
import type { V1ContainerState, V1Pod } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { stepContainerProblem } from './step-container-problem.js';

const runc =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown';

describe('the container of a step', () => {
  function withStep(state: V1ContainerState, addedAt = at(50)): V1Pod {
    const pod = podWith(working);
    const env = [{ name: 'DANUBE_CONTAINER_ADDED_AT', value: String(addedAt.getTime()) }];
    return {
      ...pod,
      spec: {
        ...pod.spec,
        containers: pod.spec?.containers ?? [],
        ephemeralContainers: [{ name: 'step-4', image: 'go:1', env }],
      },
      status: { ...pod.status, ephemeralContainerStatuses: [status('step-4', state)] },
    };
  }
  const problem = (state: V1ContainerState, seconds = 60) =>
    stepContainerProblem(withStep(state), 4, at(seconds).getTime(), bounds);

  test.each<[string, V1ContainerState]>([
    ['that starts', waiting('ContainerCreating')],
    ['that runs', running],
    ['whose end is on record', ended(0)],
    ['whose image may come yet', waiting('ErrImagePull', 'timeout')],
  ])('%s is no problem', (_name, state) => {
    expect(problem(state)).toBeUndefined();
  });

  test('cannot be waited for longer than for other images', () => {
    expect(problem(waiting('ErrImagePull', 'timeout'), 169)).toBeUndefined();
    expect(problem(waiting('ErrImagePull', 'timeout'), 170)).toBe(
      'the image "go:1" of the container "step-4" cannot be pulled: timeout; check its name, and kubernetes.image_pull_secrets where its registry is private; given up after 2m',
    );
  });

  test('that cannot run, or was killed, says why', () => {
    expect(problem(ended(128, 'StartError', runc))).toBe(
      'the image "go:1" has no /bin/sh, which steps need; use an image with a shell',
    );
    expect(problem(ended(137, 'OOMKilled'))).toMatch(
      /^the container "step-4" ran out of memory \(it shares the limits of its pod\)/,
    );
  });

  test('is asked for only where the step has one', () => {
    expect(stepContainerProblem(podWith(working), 4, 0, bounds)).toBeUndefined();
  });
});
