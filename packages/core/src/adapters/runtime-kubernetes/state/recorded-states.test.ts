import { readdirSync, readFileSync } from 'node:fs';
import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { endReason, podState, type PodBounds } from './pod-state.js';

const recordings = new URL('../../../../../../tests/support/kubernetes/recordings/', import.meta.url);
const bounds: PodBounds = { imagePullTimeoutMs: 120_000, scheduleTimeoutMs: 300_000 };

interface Recording {
  readonly watch: readonly { readonly type: string; readonly object: V1Pod }[];
}

/** The states that a watch sees one after the other, each once, when it looks so long after the pod was made. */
function statesOf(name: string, laterMs: number): readonly string[] {
  const { watch } = JSON.parse(readFileSync(new URL(`pod-${name}.json`, recordings), 'utf8')) as Recording;
  const states: string[] = [];
  for (const { type, object } of watch) {
    if (type === 'BOOKMARK') continue;
    const createdAt = new Date(object.metadata?.creationTimestamp ?? 0).getTime();
    const state = podState(type === 'DELETED' ? undefined : object, createdAt + laterMs, bounds);
    const words = endReason(state) ?? (state.kind === 'waiting' ? state.problem : undefined);
    const worker = state.kind === 'running' ? state.workerEnd?.reason : undefined;
    const text = [state.kind, words, worker].filter((part) => part !== undefined).join(': ');
    if (states.at(-1) !== text) states.push(text);
  }
  return states;
}

const gone = 'gone: its pod is gone: somebody deleted it, or its node was lost';
const deleted =
  'failed: somebody deleted its pod, which ends the job; look for kubectl delete, a drained node or a clean-up';
const insufficient =
  "no node can take the pod: 0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.; ask for less, or for other nodes, in the pipeline's kubernetes block";
const workerEnd =
  'the container "worker" ran out of memory (its limit is 50Mi); raise the memory in kubernetes.resources, or use less';

const expected: Readonly<Record<string, readonly string[]>> = {
  'success-native-sidecar': ['waiting', 'running', 'ended: the container "coordinator" ended with exit code 0', gone],
  failure: ['waiting', 'running', 'ended: the container "coordinator" ended with exit code 7', gone],
  deadline: [
    'waiting',
    'running',
    'failed: the cluster ended it because it ran far beyond its deadline, which its master did not see to; was the server down? (Pod was active on the node longer than the specified deadline)',
    gone,
  ],
  'deleted-while-running': ['waiting', 'running', deleted, gone],
  oom: [
    'waiting',
    'running',
    `running: ${workerEnd}`,
    'ended: the container "coordinator" ended with exit code 0',
    gone,
  ],
  // a pod of two plain containers, where the coordinator did not wait for the worker
  'image-missing': ['waiting', 'running', 'ended: the container "coordinator" ended with exit code 0', gone],
  unschedulable: ['waiting', `waiting: ${insufficient}`, deleted, gone],
};

test('every recording is looked at', () => {
  const recorded = readdirSync(recordings).flatMap((file) => /^pod-(.*)\.json$/.exec(file)?.[1] ?? []);
  expect(recorded.sort()).toEqual(Object.keys(expected).sort());
});

test.each(Object.entries(expected))('the recorded pod "%s" goes through its states', (name, states) => {
  expect(statesOf(name, 10_000)).toEqual(states);
});

test('a pod that waits too long for a node is given up', () => {
  expect(statesOf('unschedulable', 300_000)).toContain(`failed: ${insufficient}; given up after 5m`);
});
