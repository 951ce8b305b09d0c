import type { V1EphemeralContainer } from '@kubernetes/client-node';
import { readRecording } from '@danube/test-support/kubernetes/recordings.js';
import { json, plain, ScriptedKubernetesApi } from '@danube/test-support/scripted-kubernetes-api.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClusterApi } from './cluster-api.js';
import type { Policy } from './policies.js';

const errors = readRecording<Record<string, { code: number; body: unknown }>>('errors');
const recorded = (name: string) => json(errors[name]?.code ?? 0, errors[name]?.body);
const absent = recorded('notfound');
const noSuchGroup = plain(404, errors['noCrd']?.body as string);
const forbidden = json(403, { message: 'no', reason: 'Forbidden' });
const done = json(200, {});
const { signal } = new AbortController();

let server: ScriptedKubernetesApi;
let api: ClusterApi;
beforeEach(async () => {
  server = await ScriptedKubernetesApi.start();
  api = server.api();
});
afterEach(() => server.close());

/** What was asked: method, path below the server's, and body. */
function asked(): [string, string, unknown][] {
  return server.requests.map(({ method, url, body }) => [
    method,
    url.pathname.replace('/below', '') + url.search,
    body === '' ? undefined : JSON.parse(body),
  ]);
}

test('a pod is created once', async () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } };
  server.answers = [json(201, pod), recorded('conflict')];
  expect(await api.createPod(pod, signal)).toBe('created');
  expect(await api.createPod(pod, signal)).toBe('exists');
  expect(asked()[0]).toEqual(['POST', '/api/v1/namespaces/jobs/pods', pod]);
  expect(server.requests[0]?.headers['content-type']).toBe('application/json');
});

test('a conflict over a quota is no pod that exists: it is tried again', async () => {
  const conflict = json(409, { reason: 'Conflict', message: 'Operation cannot be fulfilled on resourcequotas "q"' });
  server.answers = [conflict, json(201, {})];
  expect(await api.createPod({}, signal)).toBe('created');
  expect(server.requests).toHaveLength(2);
});

test('what is gone needs no deleting, annotating or reading', async () => {
  server.answers = [absent];
  expect(await api.readPod('p', signal)).toBeUndefined();
  await api.deletePod('p', 30, signal);
  await api.annotatePod('p', { a: '1' }, signal);
  expect(asked()).toEqual([
    ['GET', '/api/v1/namespaces/jobs/pods/p', undefined],
    ['DELETE', '/api/v1/namespaces/jobs/pods/p?gracePeriodSeconds=30', undefined],
    ['PATCH', '/api/v1/namespaces/jobs/pods/p', { metadata: { annotations: { a: '1' } } }],
  ]);
  expect(server.requests[2]?.headers['content-type']).toBe('application/merge-patch+json');
});

const container: V1EphemeralContainer = { name: 'step-1', image: 'debian:12' };
const unchangeable = json(422, { reason: 'Invalid', message: 'existing ephemeral containers may not be changed' });

test('a container is added to a running pod', async () => {
  server.answers = [done];
  await api.addEphemeralContainer('p', container, signal);
  const path = '/api/v1/namespaces/jobs/pods/p/ephemeralcontainers';
  expect(asked()).toEqual([['PATCH', path, { spec: { ephemeralContainers: [container] } }]]);
  expect(server.requests[0]?.headers['content-type']).toBe('application/strategic-merge-patch+json');
});

test('a container of that name that is there already is done', async () => {
  server.answers = [unchangeable, json(200, { spec: { ephemeralContainers: [{ name: 'step-1', image: 'other' }] } })];
  await api.addEphemeralContainer('p', container, signal);
  expect(server.requests).toHaveLength(2);
});

test('a container that is refused for another reason is not taken for there', async () => {
  server.answers = [unchangeable, json(200, { spec: { ephemeralContainers: [{ name: 'step-2', image: 'x' }] } })];
  await expect(api.addEphemeralContainer('p', container, signal)).rejects.toThrow(/may not be changed/);
});

const kinds = [
  ['NetworkPolicy', '/apis/networking.k8s.io/v1/namespaces/jobs/networkpolicies'],
  ['CiliumNetworkPolicy', '/apis/cilium.io/v2/namespaces/jobs/ciliumnetworkpolicies'],
] as const;

test.each(kinds)('%s: made once, listed with its job, deleted once', async (kind, path) => {
  const policy: Policy = { apiVersion: 'v', kind, metadata: { name: 'n', labels: {} }, spec: { podSelector: {} } };
  const labelled = { metadata: { name: 'n', labels: { 'danube.dev/job-id': 'j1' } } };
  server.answers = [
    done,
    recorded('conflict'),
    json(200, { items: [labelled, { metadata: { name: 'm' } }] }),
    done,
    absent,
  ];
  await api.createPolicy(policy, signal);
  await api.createPolicy(policy, signal);
  expect(await api.listPolicies(kind, 'a=b', signal)).toEqual([
    { name: 'n', jobId: 'j1' },
    { name: 'm', jobId: undefined },
  ]);
  await api.deletePolicy(kind, 'n', signal);
  await api.deletePolicy(kind, 'n', signal);
  expect(asked()).toEqual([
    ['POST', path, policy],
    ['POST', path, policy],
    ['GET', `${path}?labelSelector=a%3Db`, undefined],
    ['DELETE', `${path}/n`, undefined],
    ['DELETE', `${path}/n`, undefined],
  ]);
});

test('a kind that the cluster does not know has no policies', async () => {
  server.answers = [noSuchGroup];
  expect(await api.listPolicies('CiliumNetworkPolicy', 'a=b', signal)).toEqual([]);
});

test('whether Cilium is there is asked again only after a while', async () => {
  server.answers = [noSuchGroup, json(200, { kind: 'APIResourceList' })];
  expect(await api.hasCilium(signal)).toBe(false);
  server.clock.advance(4 * 60_000);
  expect(await api.hasCilium(signal)).toBe(false);
  server.clock.advance(60_000);
  expect(await api.hasCilium(signal)).toBe(true);
  expect(asked().map(([, path]) => path)).toEqual(['/apis/cilium.io/v2', '/apis/cilium.io/v2']);
});

test('health is whether pods of jobs may be seen', async () => {
  server.answers = [json(200, { items: [] }), forbidden];
  await api.checkHealth(signal);
  await expect(api.checkHealth(signal)).rejects.toMatchObject({ code: 'kubernetes_forbidden' });
  expect(asked()[0]).toEqual(['GET', '/api/v1/namespaces/jobs/pods?limit=1', undefined]);
});

test('both namespaces are made where they are absent', async () => {
  server.answers = [absent, json(201, {}), done];
  await api.ensureNamespaces(signal);
  expect(asked().map(([method, path]) => `${method} ${path}`)).toEqual([
    'GET /api/v1/namespaces/jobs',
    'POST /api/v1/namespaces',
    'GET /api/v1/namespaces/system',
  ]);
  expect(asked()[1]?.[2]).toMatchObject({ kind: 'Namespace', metadata: { name: 'jobs' } });
});

test.each([
  ['somebody else was faster', [absent, recorded('nsExists')]],
  ['it may not be seen, but is there', [forbidden, recorded('nsExists')]],
  ['it may be neither seen nor made', [forbidden, forbidden]],
])('a namespace is no problem when %s', async (_when, answers) => {
  server.answers = [...answers, done];
  await api.ensureNamespaces(signal);
  expect(server.requests).toHaveLength(3);
});

test('a namespace that is absent and may not be made says what to run', async () => {
  server.answers = [absent, forbidden];
  const refused = api.ensureNamespaces(signal);
  await expect(refused).rejects.toMatchObject({ code: 'kubernetes_forbidden' });
  await expect(refused).rejects.toThrow('kubectl create namespace jobs');
});
