import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '@danube/test-support/kubernetes/raw-client.js';
import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import { awaitPod, idle, isRunning, podManifest } from '@danube/test-support/kubernetes/test-pods.js';

const jobs = '/api/v1/namespaces/danube-jobs/pods';
const user = 'system:serviceaccount:danube-system:danube';

/** The words of a refusal. */
function messageOf(text: string): string {
  return (JSON.parse(text) as { message: string }).message;
}

describe('access to the stand-in', () => {
  let cluster: StandInCluster;
  let client: RawClient;

  beforeAll(async () => {
    cluster = await StandInCluster.start({
      images: { 'base:1': 'host' },
      namespaces: ['danube-jobs', 'others', 'half'],
      rules: {
        '*': [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get'] }],
        'danube-jobs': [
          { apiGroups: [''], resources: ['pods'], verbs: ['*'] },
          { apiGroups: [''], resources: ['pods/exec'], verbs: ['get', 'create'] },
        ],
        half: [
          { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch'] },
          { apiGroups: [''], resources: ['pods/exec'], verbs: ['get'] },
        ],
      },
    });
    client = new RawClient(cluster.kubeconfig);
    for (const namespace of ['danube-jobs', 'half']) {
      const manifest = podManifest('target', { containers: [idle('main', 'base:1')] });
      await client.send('POST', `/api/v1/namespaces/${namespace}/pods`, manifest);
      await awaitPod(client, namespace, 'target', isRunning);
    }
  });
  afterAll(() => cluster.stop());

  it.each([
    [
      'POST',
      '/api/v1/namespaces/others/pods',
      `pods is forbidden: User "${user}" cannot create resource "pods" in API group "" in the namespace "others"`,
    ],
    [
      'GET',
      '/api/v1/namespaces/others/pods/x',
      `pods "x" is forbidden: User "${user}" cannot get resource "pods" in API group "" in the namespace "others"`,
    ],
    [
      'GET',
      '/api/v1/pods',
      `pods is forbidden: User "${user}" cannot list resource "pods" in API group "" at the cluster scope`,
    ],
    [
      'GET',
      '/api/v1/namespaces/half/pods/target/log',
      `pods "target" is forbidden: User "${user}" cannot get resource "pods/log" in API group "" in the namespace "half"`,
    ],
    [
      'POST',
      '/apis/networking.k8s.io/v1/namespaces/danube-jobs/networkpolicies',
      `networkpolicies.networking.k8s.io is forbidden: User "${user}" cannot create resource "networkpolicies" in API group "networking.k8s.io" in the namespace "danube-jobs"`,
    ],
    [
      'GET',
      '/api/v1/namespaces/others/pods?watch=true',
      `pods is forbidden: User "${user}" cannot watch resource "pods" in API group "" in the namespace "others"`,
    ],
  ])('is refused by the rules: %s %s', async (method, path, message) => {
    const { code, text } = await client.send(method, path, method === 'POST' ? {} : undefined);
    expect([code, messageOf(text)]).toEqual([403, message]);
  });

  it('is given where a rule allows it', async () => {
    const codes = await Promise.all(
      [jobs, '/api/v1/namespaces/others', '/version'].map(async (path) => (await client.send('GET', path)).code),
    );
    expect(codes).toEqual([200, 200, 200]);
  });

  it('to exec needs get and create', async () => {
    const allowed = client.exec('danube-jobs', 'target', ['true']);
    expect(await allowed.closed).toEqual({ close: 1000, reason: '' });
    const refused = await client.exec('half', 'target', ['true']).closed;
    expect(refused).toMatchObject({ httpStatus: 403 });
    expect(messageOf('body' in refused ? refused.body : '')).toBe(
      `pods "target" is forbidden: User "${user}" cannot create resource "pods/exec" in API group "" in the namespace "half"`,
    );
  });

  it('needs the token', async () => {
    for (const token of ['wrong', '']) {
      const { code, text } = await new RawClient(cluster.kubeconfig, token).send('GET', jobs);
      expect([code, messageOf(text)]).toEqual([401, 'Unauthorized']);
    }
  });

  it('is noted, refused or not', async () => {
    const before = cluster.calls.length;
    await client.send('GET', `${jobs}/target`);
    await client.send('DELETE', '/api/v1/namespaces/others/pods/x');
    await client.exec('danube-jobs', 'target', ['true']).closed;
    const call = { group: '', resource: 'pods', subresource: '', query: '', user };
    expect(cluster.calls.slice(before)).toEqual([
      { ...call, verb: 'get', namespace: 'danube-jobs', name: 'target', status: 200 },
      { ...call, verb: 'delete', namespace: 'others', name: 'x', status: 403 },
      {
        ...call,
        verb: 'get',
        subresource: 'exec',
        namespace: 'danube-jobs',
        name: 'target',
        query: expect.stringContaining('command=true') as string,
        status: 101,
      },
    ]);
  });
});
