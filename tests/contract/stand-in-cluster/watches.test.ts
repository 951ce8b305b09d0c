import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient, type WatchEvent } from '@danube/test-support/kubernetes/raw-client.js';
import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import { podManifest } from '@danube/test-support/kubernetes/test-pods.js';
import type { Pod } from '@danube/test-support/kubernetes/types.js';

const path = '/api/v1/namespaces/danube-jobs/pods';
const merge = 'application/merge-patch+json';
interface PodList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Pod[];
}

describe('watches of the stand-in', () => {
  let cluster: StandInCluster;
  let client: RawClient;
  let count = 0;

  beforeAll(async () => {
    cluster = await StandInCluster.start({ namespaces: ['danube-jobs'], bookmarkMs: 50, capacity: { cpu: '1' } });
    client = new RawClient(cluster.kubeconfig);
  });
  afterAll(() => cluster.stop());

  /** A pod that no node takes: it changes only when the test changes it. */
  async function createPod(labels: Record<string, string> = {}): Promise<string> {
    count += 1;
    const name = `pod-${count}`;
    const containers = [{ name: 'main', image: 'base:1', resources: { requests: { cpu: '2' } } }];
    await client.send('POST', path, podManifest(name, { containers }, labels));
    for await (const { object } of client.watch<Pod>(path, { fieldSelector: `metadata.name=${name}` })) {
      if (object.status.conditions?.length) break;
    }
    return name;
  }

  const list = async (query = '') => JSON.parse((await client.send('GET', `${path}${query}`)).text) as PodList;
  const relabel = (name: string, labels: object) =>
    client.send('PATCH', `${path}/${name}`, { metadata: { labels } }, merge);
  const told = ({ type, object }: WatchEvent<Pod>) => `${type} ${object.metadata.name}`;

  async function take(watch: AsyncGenerator<WatchEvent<Pod>>, many: number): Promise<WatchEvent<Pod>[]> {
    const events: WatchEvent<Pod>[] = [];
    for await (const event of watch) if (events.push(event) === many) break;
    return events;
  }

  it('begin with what there is, and say that they have told it', async () => {
    const name = await createPod({ group: 'initial' });
    const query = {
      labelSelector: 'group=initial',
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: 'true',
    };
    const [added, bookmark] = await take(client.watch<Pod>(path, query), 2);
    expect(added && told(added)).toBe(`ADDED ${name}`);
    expect(bookmark).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'Pod',
        apiVersion: 'v1',
        metadata: {
          resourceVersion: expect.stringMatching(/^\d+$/) as string,
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
        spec: { containers: null },
        status: {},
      },
    });
  });

  it('go on after the version of a list, without a gap', async () => {
    const name = await createPod({ group: 'listed' });
    const { metadata, items } = await list('?labelSelector=group%3Dlisted');
    expect(items.map((item) => item.metadata.name)).toEqual([name]);
    await relabel(name, { extra: 'yes' });
    const { resourceVersion } = metadata;
    const [event] = await take(client.watch<Pod>(path, { labelSelector: 'group in (listed)', resourceVersion }), 1);
    expect(event?.object.metadata.labels).toEqual({ group: 'listed', extra: 'yes' });
  });

  it('follow a list that came in pages', async () => {
    const names = [
      await createPod({ group: 'pages' }),
      await createPod({ group: 'pages' }),
      await createPod({ group: 'pages' }),
    ];
    const first = await list('?labelSelector=group%3Dpages&limit=2');
    const { continue: next } = first.metadata as { continue?: string };
    const second = await list(`?labelSelector=group%3Dpages&limit=2&continue=${next}`);
    expect([...first.items, ...second.items].map(({ metadata }) => metadata.name)).toEqual(names);
    expect(second.metadata).not.toHaveProperty('continue');
  });

  it('tell of an object that a selector no longer finds as deleted', async () => {
    const name = await createPod({ group: 'moving' });
    const { metadata } = await list();
    await relabel(name, { group: 'moved' });
    await relabel(name, { group: 'moving' });
    await client.send('DELETE', `${path}/${name}`);
    const query = { labelSelector: 'group=moving', resourceVersion: metadata.resourceVersion };
    const events = await take(client.watch<Pod>(path, query), 4);
    expect(events.map(told)).toEqual(['DELETED', 'ADDED', 'MODIFIED', 'DELETED'].map((type) => `${type} ${name}`));
  });

  it('get bookmarks without spec and status when something has changed', async () => {
    const { metadata } = await list();
    const query = {
      allowWatchBookmarks: 'true',
      resourceVersion: metadata.resourceVersion,
      labelSelector: 'group=nobody',
    };
    const watch = client.watch<Pod>(path, query);
    const first = watch.next();
    await createPod();
    const { value } = (await first) as { value: WatchEvent<Pod> };
    expect([value.type, value.object.spec, value.object.status]).toEqual(['BOOKMARK', { containers: null }, {}]);
    expect(Number(value.object.metadata.resourceVersion)).toBeGreaterThan(Number(metadata.resourceVersion));
    await watch.return(undefined);
  });

  it('end after the time that was asked for', async () => {
    const { metadata } = await list();
    const query = { timeoutSeconds: '1', resourceVersion: metadata.resourceVersion };
    expect(await take(client.watch<Pod>(path, query), 1)).toEqual([]);
  });

  it('are refused in the stream for a version that is too old or not yet there', async () => {
    const { metadata } = await list();
    cluster.faults.expireResourceVersions();
    const [old] = await take(client.watch<Pod>(path, { resourceVersion: metadata.resourceVersion }), 1);
    expect(old).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
    const [future] = await take(client.watch<Pod>(path, { resourceVersion: '999999' }), 1);
    expect(future).toMatchObject({
      type: 'ERROR',
      object: { code: 504, message: expect.stringContaining('Too large resource version') as string },
    });
    const fresh = await list();
    const watch = client.watch<Pod>(path, { resourceVersion: fresh.metadata.resourceVersion });
    const first = watch.next();
    const name = await createPod();
    const { value } = (await first) as { value: WatchEvent<Pod> };
    expect(told(value)).toBe(`ADDED ${name}`);
    await watch.return(undefined);
  });

  it('see metadata that was patched, and a spec cannot be', async () => {
    const name = await createPod({ keep: 'yes', drop: 'yes' });
    const patched = await client.send(
      'PATCH',
      `${path}/${name}`,
      { metadata: { labels: { drop: null }, annotations: { note: 'x' } } },
      merge,
    );
    expect(JSON.parse(patched.text)).toMatchObject({
      metadata: { labels: { keep: 'yes' }, annotations: { note: 'x' } },
    });
    expect((JSON.parse(patched.text) as Pod).metadata.labels).toEqual({ keep: 'yes' });
    const refused = await client.send('PATCH', `${path}/${name}`, { spec: { restartPolicy: 'Always' } }, merge);
    expect(refused.code).toBe(422);
    const other = await client.send('PATCH', `${path}/${name}`, [], 'application/json-patch+json');
    expect(other.code).toBe(415);
  });
});
