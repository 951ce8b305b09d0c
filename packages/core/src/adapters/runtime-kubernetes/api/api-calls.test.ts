import { readRecording } from '@danube/test-support/kubernetes/recordings.js';
import { cut, json, plain, ScriptedKubernetesApi, silence } from '@danube/test-support/scripted-kubernetes-api.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

const errors = readRecording<Record<string, { code: number; body: unknown }>>('errors');
const recorded = (name: string) => json(errors[name]?.code ?? 0, errors[name]?.body);
const limits = { callsPerInterval: 100, intervalMs: 1000, attemptMs: 5000, pauseMs: 1, longestPauseMs: 5 };
const pod = { kind: 'Pod', metadata: { name: 'p', creationTimestamp: '2026-11-22T10:00:00Z' } };
const { signal } = new AbortController();

let server: ScriptedKubernetesApi;
beforeEach(async () => {
  server = await ScriptedKubernetesApi.start();
});
afterEach(() => server.close());

function attempts(status: string, operation = 'get pods'): number {
  return server.metrics.get('danube_k8s_api_calls_total', { operation, status });
}

test('a busy or failing server and cut connections are tried again, and every attempt is counted', async () => {
  server.answers = [json(429, {}), plain(503, 'starting'), json(500, {}), cut, json(200, pod)];
  expect(await server.api().readPod('p', signal)).toEqual({
    kind: 'Pod',
    metadata: { name: 'p', creationTimestamp: new Date('2026-11-22T10:00:00Z') },
  });
  expect(server.requests).toHaveLength(5);
  expect(server.requests[0]).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer the-token' } });
  expect(server.requests[0]?.url.pathname).toBe('/below/api/v1/namespaces/jobs/pods/p');
  const counts = ['429', '503', '500', 'network', '200'].map((status) => attempts(status));
  expect(counts).toEqual([1, 1, 1, 1, 1]);
});

test('Retry-After is obeyed', async () => {
  server.answers = [json(429, {}, { 'retry-after': '1' }), json(200, pod)];
  await server.api().readPod('p', signal);
  const [first, second] = server.requests;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test('an attempt that gets no answer in time is followed by another one', async () => {
  server.answers = [silence, json(200, pod)];
  await server.api({ limits: { ...limits, attemptMs: 500 } }).readPod('p', signal);
  expect([attempts('network'), attempts('200')]).toEqual([1, 1]);
});

test('pauses grow', async () => {
  server.answers = [...Array.from({ length: 4 }, () => json(500, {})), json(200, pod)];
  await server.api({ limits: { ...limits, pauseMs: 20, longestPauseMs: 1000 } }).readPod('p', signal);
  const times = server.requests.map(({ at }) => at);
  const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  for (const [index, pause] of pauses.entries()) expect(pause).toBeGreaterThanOrEqual(20 * 2 ** index - 2);
});

test('a time limit ends the attempts with what the last one said', async () => {
  server.answers = [json(503, { message: 'etcd is away' })];
  await expect(server.api().readPod('p', AbortSignal.timeout(100))).rejects.toMatchObject({
    code: 'kubernetes_unavailable',
    retryable: true,
    message: expect.stringMatching(/^cannot get pods: etcd is away; check that the API server/) as string,
  });
});

test('a server that is not there is unavailable, and named as that', async () => {
  const api = server.api();
  await server.close();
  await expect(api.checkHealth(AbortSignal.timeout(100))).rejects.toMatchObject({
    code: 'kubernetes_unavailable',
    message: expect.stringContaining('ECONNREFUSED') as string,
  });
  server = await ScriptedKubernetesApi.start();
});

test('aborting ends a call at once, with the reason, and cuts the connection', async () => {
  const controller = new AbortController();
  const reason = new Error('the job was cancelled');
  const broken = new Promise<void>((resolve) => {
    server.answers = [
      (response) => {
        response.on('close', resolve);
        controller.abort(reason);
      },
    ];
  });
  await expect(server.api().readPod('p', controller.signal)).rejects.toBe(reason);
  await broken;
  expect(attempts('network')).toBe(0);
});

test('calls begin no faster than permitted, and those that wait can be aborted', async () => {
  server.answers = [json(200, pod)];
  const api = server.api({ limits: { ...limits, callsPerInterval: 4, intervalMs: 150 } });
  const controller = new AbortController();
  const began = performance.now();
  const ends = Array.from({ length: 10 }, () => api.readPod('p', signal).then(() => performance.now() - began));
  const aborted = api.readPod('p', controller.signal);
  controller.abort(new Error('not needed'));
  await expect(aborted).rejects.toThrow('not needed');
  const times = (await Promise.all(ends)).sort((a, b) => a - b);
  expect(server.requests).toHaveLength(10);
  expect(times[4]).toBeGreaterThan(145);
  expect(times[8]).toBeGreaterThan(290);
});

test.each([
  ['badjson', 400, /cannot unmarshal string into Go struct field/],
  ['invalid', 422, /Pod "Bad_Name" is invalid: metadata\.name/],
])("%s is refused once, with the server's words", async (name, status, words) => {
  server.answers = [recorded(name)];
  const refused = server.api().createPod({}, signal);
  await expect(refused).rejects.toMatchObject({ code: 'kubernetes_refused', category: 'invalid', details: { status } });
  await expect(refused).rejects.toThrow(words);
  expect(attempts(String(status), 'create pods')).toBe(1);
});

test.each([
  ['401', json(401, { message: 'Unauthorized', reason: 'Unauthorized' }), /: Unauthorized; /],
  [
    '403',
    json(403, { message: 'pods is forbidden: User "danube" cannot' }),
    /: pods is forbidden: User "danube" cannot; /,
  ],
  ['403', plain(403, 'filtered by the proxy\n'), /: filtered by the proxy; /],
])('%s names verb, resource and where the role is described', async (status, answer, words) => {
  server.answers = [answer];
  const refused = server.api().createPod({}, signal);
  await expect(refused).rejects.toMatchObject({ code: 'kubernetes_forbidden', category: 'forbidden' });
  await expect(refused).rejects.toThrow(words);
  await expect(refused).rejects.toThrow(/does not let Danube create pods: .*docs\/kubernetes\.md$/);
  expect(attempts(status, 'create pods')).toBe(1);
});
