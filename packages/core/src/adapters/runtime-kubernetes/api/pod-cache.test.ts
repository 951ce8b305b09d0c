import type { V1Pod } from '@kubernetes/client-node';
import { readRecording } from '@danube/test-support/kubernetes/recordings.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { beforeEach, expect, test } from 'vitest';
import { PodCache } from './pod-cache.js';

interface Recording {
  readonly watch: readonly { readonly type: string; readonly object: V1Pod }[];
}

let metrics: RecordingMetrics;
let cache: PodCache;
beforeEach(() => {
  metrics = new RecordingMetrics();
  cache = new PodCache(metrics);
});

function pod(version: number, phase: string, uid = 'first'): V1Pod {
  return {
    metadata: { name: 'a', uid, resourceVersion: String(version) },
    spec: { containers: [] },
    status: { phase },
  };
}

function counted(): Record<string, number> {
  return Object.fromEntries(
    [...metrics.values].map(([series, count]) => [/event="(.*)"/.exec(series)?.[1] ?? series, count]),
  );
}

test('every stage of the recorded life of a pod is counted once', () => {
  cache.replace([]);
  for (const { type, object } of readRecording<Recording>('pod-success-native-sidecar').watch) {
    if (type === 'DELETED') cache.remove(object);
    else if (type !== 'BOOKMARK') cache.put(object);
  }
  expect(counted()).toMatchObject({ created: 1, scheduled: 1, running: 1, succeeded: 1 });
});

test('a failure and the end are counted once, also when the last event is the first to show the failure', () => {
  cache.replace([]);
  cache.put(pod(1, 'Pending'));
  cache.put(pod(2, 'Pending'));
  cache.remove(pod(3, 'Failed'));
  cache.remove(pod(3, 'Failed'));
  expect(counted()).toEqual({ created: 1, failed: 1, deleted: 1 });
});

test('pods of an earlier life of the server are not counted again', () => {
  cache.replace([pod(1, 'Running')]);
  cache.put(pod(2, 'Running'));
  expect(counted()).toEqual({});
});

test('a namesake is another pod, and the end of the one before does not touch it', () => {
  cache.replace([pod(1, 'Running')]);
  cache.put(pod(2, 'Pending', 'second'));
  cache.remove(pod(3, 'Running', 'first'));
  expect(counted()).toEqual({ created: 1, deleted: 1 });
  expect(cache.get('a')?.metadata?.uid).toBe('second');
});
