import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient, type WatchEvent } from '@danube/test-support/kubernetes/raw-client.js';
import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import type { Pod } from '@danube/test-support/kubernetes/types.js';
import { comparable, recordedEvents, sentManifest } from './recorded-pods.js';

const scenarios = [
  'success-native-sidecar',
  'failure',
  'image-missing',
  'unschedulable',
  'deadline',
  'oom',
  'deleted-while-running',
];
const path = '/api/v1/namespaces/danube-jobs/pods';

describe.concurrent('a pod of a recording', () => {
  let cluster: StandInCluster;
  let client: RawClient;

  beforeAll(async () => {
    cluster = await StandInCluster.start({
      images: { 'localhost:5000/base:1': 'host' },
      namespaces: ['danube-jobs'],
      capacity: { cpu: '4', memory: '8Gi' },
      // in the recording the kubelet had another reason to look again first
      resyncMs: 60_000,
    });
    client = new RawClient(cluster.kubeconfig);
  });
  afterAll(() => cluster.stop());

  it.each(scenarios)('goes through the same events: %s', async (scenario) => {
    const recorded = recordedEvents(scenario);
    const expected = comparable(recorded);
    const created = recorded.find(({ type }) => type === 'ADDED');
    if (!created) throw new Error('nothing was recorded');
    const beforeDeletion = comparable(recorded.filter(({ object }) => !object.metadata.deletionTimestamp)).length;
    const { metadata } = created.object;
    const seen: WatchEvent<Pod>[] = [];
    const watch = client.watch<Pod>(path, { fieldSelector: `metadata.name=${metadata.name}` });
    const first = watch.next();
    const { code } = await client.send('POST', path, sentManifest(created.object));
    expect(code).toBe(201);

    let killed = false;
    for (let next = await first; !next.done; next = await watch.next()) {
      seen.push(next.value);
      if (next.value.type === 'DELETED') break;
      const { status, metadata: now } = next.value.object;
      if (scenario === 'oom' && status.phase === 'Running' && !killed) {
        cluster.faults.oomKill({ name: now.name }, 'worker');
        killed = true;
      }
      if (comparable(seen).length === beforeDeletion && now.deletionTimestamp === undefined) {
        await client.send('DELETE', `${path}/${now.name}`);
      }
    }
    expect(comparable(seen)).toEqual(expected);
  });
});
