import {
  type Containers,
  at,
  bounds,
  created,
  done,
  ended,
  look,
  podWith,
  running,
  waiting,
  working,
} from '@danube/test-support/kubernetes/observed-pod.js';
import { describe, expect, test } from 'vitest';
import { checkoutOutcome } from './checkout-outcome.js';
import { endReason, podState, type PodState } from './pod-state.js';

describe('a pod on its way', () => {
  test.each<[string, Containers, PodState]>([
    ['that was just placed', {}, { kind: 'waiting', since: created.getTime(), problem: undefined }],
    [
      'that pulls an image',
      { checkout: waiting('ContainerCreating') },
      { kind: 'waiting', since: created.getTime(), problem: undefined },
    ],
    ['whose checkout runs', { checkout: running }, { kind: 'checking_out' }],
    ['whose checkout is done', { checkout: done }, { kind: 'waiting', since: created.getTime(), problem: undefined }],
    [
      'whose worker runs',
      { checkout: done, worker: running },
      { kind: 'waiting', since: created.getTime(), problem: undefined },
    ],
    [
      'whose coordinator runs',
      working,
      { kind: 'running', workerRestarts: 0, workerEnd: undefined, problem: undefined },
    ],
    [
      'whose checkout failed',
      { checkout: ended(3, 'Error', 'no such commit') },
      { kind: 'checkout_failed', exitCode: 3, message: 'no such commit' },
    ],
  ])('%s', (_name, containers, expected) => {
    expect(look(podWith(containers))).toEqual(expected);
    expect(endReason(look(podWith(containers)))).toBeUndefined();
  });

  test('without any status is waiting, and no pod is gone', () => {
    expect(look({ metadata: { creationTimestamp: created } })).toMatchObject({ kind: 'waiting', problem: undefined });
    expect(podState(undefined, 0, bounds)).toEqual({ kind: 'gone' });
  });

  test('what the checkout left is in the status', () => {
    expect(checkoutOutcome(podWith({ checkout: ended(0, 'Completed', '{"warnings":[]}') }))).toEqual({
      exitCode: 0,
      message: '{"warnings":[]}',
    });
    expect(checkoutOutcome(podWith({ checkout: running }))).toBeUndefined();
  });
});

const denied =
  'Back-off pulling image "node:22": ErrImagePull: rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/node:22": failed to resolve reference "docker.io/library/node:22": pull access denied';
const cannotPull =
  'the image "node:22" of the container "worker" cannot be pulled: failed to resolve reference "docker.io/library/node:22": pull access denied; check its name, and kubernetes.image_pull_secrets where its registry is private';
const noShell = 'the image "node:22" has no /bin/sh, which steps need; use an image with a shell';
const runc =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown';

describe('an image', () => {
  const pulling = podWith({ checkout: done, worker: waiting('ImagePullBackOff', denied) });

  test('that cannot be pulled may come yet, for so long after the checkout', () => {
    expect(look(pulling, 159)).toEqual({ kind: 'waiting', since: created.getTime(), problem: cannotPull });
    expect(look(pulling, 160)).toEqual({ kind: 'failed', reason: `${cannotPull}; given up after 2m` });
  });

  test('of the checkout is waited for from when the pod was placed', () => {
    const pod = podWith({ checkout: waiting('ErrImagePull', 'dial tcp: i/o timeout') });
    expect(look(pod, 120).kind).toBe('waiting');
    expect(endReason(look(pod, 121))).toContain(
      'the image "coordinator:1" of the container "checkout" cannot be pulled',
    );
  });

  test.each<[string, Containers, string]>([
    [
      'with a wrong name',
      { checkout: done, worker: waiting('InvalidImageName', 'couldn’t parse image name') },
      '"node:22" is no image that the container "worker" can have: couldn’t parse image name',
    ],
    [
      'that breaks a rule',
      { checkout: waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root') },
      'the container "checkout" cannot be made as it was asked for: container has runAsNonRoot and image will run as root',
    ],
    ['without a shell, told while it waits', { checkout: done, worker: waiting('RunContainerError', runc) }, noShell],
    [
      'without a shell, told of its last start',
      {
        checkout: done,
        worker: waiting('CrashLoopBackOff', 'back-off 10s restarting failed container'),
        workerMore: { restartCount: 1, lastState: ended(128, 'StartError', runc) },
      },
      noShell,
    ],
    [
      'of another machine',
      {
        checkout: ended(128, 'StartError', 'exec /bin/sh: exec format error'),
      },
      'the container "checkout" could not be started: exec /bin/sh: exec format error',
    ],
  ])('%s is given up at once', (_name, containers, reason) => {
    expect(look(podWith(containers), 41)).toEqual({ kind: 'failed', reason });
  });

  test('whose shell ends again and again is given up after a while', () => {
    const pod = podWith({
      checkout: done,
      worker: waiting('CrashLoopBackOff', 'back-off'),
      workerMore: { restartCount: 3, lastState: ended(2) },
    });
    expect(look(pod, 60)).toMatchObject({
      kind: 'waiting',
      problem: 'the container "worker" ended with exit code 2, again and again',
    });
    expect(endReason(look(pod, 200))).toMatch(/again and again; given up after 2m$/);
  });
});

test('a worker that was killed and came back is told with the reason', () => {
  const pod = podWith({ ...working, workerMore: { restartCount: 1, lastState: ended(137, 'OOMKilled') } });
  expect(look(pod)).toEqual({
    kind: 'running',
    workerRestarts: 1,
    workerEnd: {
      reason:
        'the container "worker" ran out of memory (its limit is 512Mi); raise the memory in kubernetes.resources, or use less',
      exitCode: 137,
      finishedAt: at(40).getTime(),
    },
    problem: undefined,
  });
});

test('a worker that does not come back is waited for, and then the pod is given up', () => {
  const pod = podWith({
    ...working,
    worker: waiting('ImagePullBackOff', 'not found'),
    workerMore: { restartCount: 1, lastState: ended(1) },
  });
  const soon = look(pod, 60);
  expect(soon.kind === 'running' ? soon.problem : soon).toMatch(/cannot be pulled: not found/);
  expect(endReason(look(pod, 300))).toMatch(/cannot be pulled: not found.*given up after 2m$/);
});
