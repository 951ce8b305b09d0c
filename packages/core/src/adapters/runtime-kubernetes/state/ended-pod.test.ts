import {
  at,
  done,
  ended,
  look,
  podWith,
  running,
  scheduled,
  working,
} from '@danube/test-support/kubernetes/observed-pod.js';
import type { V1Pod, V1PodStatus } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { endReason } from './pod-state.js';

const disrupted = (reason: string, message = 'as it said'): V1PodStatus => ({
  phase: 'Failed',
  conditions: [scheduled, { type: 'DisruptionTarget', status: 'True', reason, message }],
});
const killed = { checkout: done, worker: ended(137), coordinator: ended(137) };

describe('the end', () => {
  test.each<[string, V1Pod, string]>([
    [
      'of memory',
      podWith({ ...working, coordinator: ended(137, 'OOMKilled') }),
      'the container "coordinator" ran out of memory (its limit is 512Mi); raise the memory in the instance\'s kubernetes.coordinator_resources, or use less',
    ],
    [
      'of memory in the checkout',
      podWith({ checkout: ended(137, 'OOMKilled') }),
      'the container "checkout" ran out of memory (its limit is 512Mi); raise the memory in kubernetes.resources, or use less',
    ],
    [
      'by eviction',
      podWith(killed, {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'Usage of EmptyDir volume "workspace" exceeds the limit "5Gi". ',
      }),
      'its node evicted it; raise what it asks for in kubernetes.resources or kubernetes.workspace_size, or use less (Usage of EmptyDir volume "workspace" exceeds the limit "5Gi".)',
    ],
    [
      'by a shutdown of the node',
      podWith(killed, {
        phase: 'Failed',
        reason: 'Terminated',
        message: 'Pod was terminated in response to imminent node shutdown.',
      }),
      'its node was shut down; start the job again (Pod was terminated in response to imminent node shutdown.)',
    ],
    [
      'by the loss of the node, which can no more say that anything ended',
      podWith(working, disrupted('DeletionByTaintManager'), at(60)),
      'its node does not answer or was closed to it; start the job again (as it said)',
    ],
    [
      'by preemption',
      podWith(killed, disrupted('PreemptionByScheduler'), at(60)),
      'a pod with a higher priority took its place; start the job again (as it said)',
    ],
    [
      'by a drain',
      podWith(killed, disrupted('EvictionByEvictionAPI'), at(60)),
      'somebody emptied its node; start the job again (as it said)',
    ],
    ['by a reason that is new', podWith(killed, disrupted('Whim')), 'the cluster ended it: Whim (as it said)'],
    [
      'by a node that did not take it',
      podWith({}, { phase: 'Failed', reason: 'OutOfcpu', message: 'Node didn’t have enough resource: cpu' }),
      'the cluster gave it up: OutOfcpu; an administrator of the cluster can say more (Node didn’t have enough resource: cpu)',
    ],
    [
      'by deletion while it starts',
      podWith({ checkout: running }, {}, at(60)),
      'somebody deleted its pod, which ends the job; look for kubectl delete, a drained node or a clean-up',
    ],
  ])('%s', (_name, pod, reason) => {
    expect(look(pod)).toEqual({ kind: 'failed', reason });
    expect(endReason(look(pod))).toBe(reason);
  });

  test('of a coordinator that nobody killed counts, whatever happens afterwards', () => {
    const containers = { ...working, coordinator: ended(1) };
    const expected = { kind: 'ended', exitCode: 1, reason: 'the container "coordinator" ended with exit code 1' };
    expect(look(podWith(containers))).toEqual(expected);
    expect(look(podWith(containers, {}, at(60)))).toEqual(expected);
    expect(look(podWith(containers, { phase: 'Failed', reason: 'Evicted' }))).toEqual(expected);
  });

  test('of a coordinator that was killed alone is told as it is', () => {
    const reason = 'the container "coordinator" ended with exit code 137 (killed)';
    expect(look(podWith({ ...working, coordinator: ended(137) }))).toEqual({ kind: 'ended', exitCode: 137, reason });
  });

  test('is not told of a disruption that has not come yet', () => {
    const announced = { ...disrupted('TerminationByKubelet'), phase: 'Running' };
    expect(look(podWith(working, announced)).kind).toBe('running');
  });
});
