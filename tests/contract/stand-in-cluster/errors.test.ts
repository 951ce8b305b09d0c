import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '@danube/test-support/kubernetes/raw-client.js';
import { readRecording } from '@danube/test-support/kubernetes/recordings.js';
import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import { idle, podManifest } from '@danube/test-support/kubernetes/test-pods.js';

const pods = '/api/v1/namespaces/danube-jobs/pods';
const cilium = '/apis/cilium.io/v2/namespaces/danube-jobs/ciliumnetworkpolicies';
const recorded = readRecording<Record<string, { code: number; body: unknown }>>('errors');

describe('refusals', () => {
  let cluster: StandInCluster;
  let client: RawClient;

  beforeAll(async () => {
    cluster = await StandInCluster.start({ images: { 'base:1': 'host' }, namespaces: ['danube-jobs'] });
    client = new RawClient(cluster.kubeconfig);
    await client.send('POST', pods, podManifest('exec-target', { containers: [idle('main', 'base:1')] }));
  });
  afterAll(() => cluster.stop());

  const create = (manifest: object) => client.send('POST', pods, manifest);
  const container = { name: 'main', image: 'base:1' };

  it.each<[string, () => ReturnType<RawClient['send']>]>([
    ['notfound', () => client.send('GET', `${pods}/absent`)],
    ['conflict', () => create(podManifest('exec-target', { containers: [container] }))],
    ['invalid', () => create(podManifest('Bad_Name', { containers: [container] }))],
    ['badjson', () => create({ metadata: { name: 'bad' }, spec: { containers: 'none' } })],
    ['deleteAbsent', () => client.send('DELETE', `${pods}/absent`)],
    ['nsExists', () => client.send('POST', '/api/v1/namespaces', { metadata: { name: 'danube-jobs' } })],
    ['noCrd', () => client.send('GET', cilium)],
  ])('are those of the recording: %s', async (name, send) => {
    const { code, text, headers } = await send();
    const json = headers['content-type'] === 'application/json';
    expect({ code, body: json ? (JSON.parse(text) as unknown) : text }).toEqual(recorded[name]);
  });

  it.each([
    [
      'a field that there is not',
      { containers: [{ ...container, imagePullPolicyy: 'Never' }] },
      400,
      'unknown field "spec.containers[0].imagePullPolicyy"',
    ],
    [
      'a value of another type',
      { containers: [container], activeDeadlineSeconds: '5' },
      400,
      'cannot unmarshal string into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64',
    ],
    ['no containers', { containers: [] }, 422, 'spec.containers: Required value'],
    [
      'two containers of a name',
      { containers: [container, container] },
      422,
      'spec.containers[1].name: Duplicate value: "main"',
    ],
    [
      'a mount of no volume',
      { containers: [{ ...container, volumeMounts: [{ name: 'w', mountPath: '/w' }] }] },
      422,
      'spec.containers[0].volumeMounts[0].name: Not found: "w"',
    ],
    [
      'a restart policy that there is not',
      { containers: [container], restartPolicy: 'Sometimes' },
      422,
      'spec.restartPolicy: Unsupported value: "Sometimes"',
    ],
  ])('name %s', async (_, spec, expected, text) => {
    const answer = await create(podManifest('odd', spec));
    expect([answer.code, answer.text]).toEqual([expected, expect.stringContaining(JSON.stringify(text).slice(1, -1))]);
  });

  it('is for a label that is too long, a namespace that is absent, and another uid', async () => {
    const labelled = await create(podManifest('odd', { containers: [container] }, { key: 'x'.repeat(64) }));
    expect([labelled.code, labelled.text]).toEqual([422, expect.stringContaining('must be no more than 63 bytes')]);
    const elsewhere = await client.send(
      'POST',
      '/api/v1/namespaces/absent/pods',
      podManifest('odd', { containers: [container] }),
    );
    expect([elsewhere.code, elsewhere.text]).toEqual([
      404,
      expect.stringContaining('namespaces \\"absent\\" not found'),
    ]);
    const other = await client.send('DELETE', `${pods}/exec-target`, { preconditions: { uid: 'of-another' } });
    expect([other.code, other.text]).toEqual([
      409,
      expect.stringContaining('Precondition failed: UID in precondition: of-another'),
    ]);
  });

  it('is also for what the stand-in cannot do, so that no test passes by that', async () => {
    const probe = { exec: { command: ['true'] } };
    for (const spec of [
      { containers: [{ ...container, readinessProbe: probe }] },
      { containers: [container], volumes: [{ name: 'v', configMap: { name: 'absent' } }] },
      { containers: [container], hostPID: true },
    ]) {
      expect((await create(podManifest('odd', spec))).code).toBe(501);
    }
  });

  it('leaves no object behind where a dry run was asked for', async () => {
    const manifest = podManifest('dry', { containers: [container] });
    const { code, text } = await client.send('POST', `${pods}?dryRun=All`, manifest);
    expect([code, text]).toEqual([201, expect.stringContaining('"phase":"Pending"')]);
    expect((await client.send('GET', `${pods}/dry`)).code).toBe(404);
  });

  it('is not for the policies of Cilium where they are installed', async () => {
    const other = await StandInCluster.start({ cilium: true, namespaces: ['danube-jobs'] });
    try {
      const there = new RawClient(other.kubeconfig);
      const groups = await Promise.all([there, client].map((one) => one.send('GET', '/apis/cilium.io/v2')));
      expect(groups.map(({ code }) => code)).toEqual([200, 404]);
      const manifest = {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'job' },
        spec: { endpointSelector: {} },
      };
      const answers = [
        await there.send('POST', cilium, manifest),
        await there.send('GET', cilium),
        await there.send('DELETE', `${cilium}/job`),
        await there.send('GET', `${cilium}/job`),
      ];
      expect(answers.map(({ code }) => code)).toEqual([201, 200, 200, 404]);
    } finally {
      await other.stop();
    }
  });
});
