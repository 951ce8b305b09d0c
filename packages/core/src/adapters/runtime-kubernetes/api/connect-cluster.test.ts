import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, ScriptedKubernetesApi } from '@danube/test-support/scripted-kubernetes-api.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectCluster } from './connect-cluster.js';
import { openResponse, sendRequest } from './send-request.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-cluster-'));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function write(name: string, config: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  return file;
}

function kubeconfig(cluster: object, user: object = { token: 't' }) {
  return {
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
}

test('TLS, client certificate and token of a kubeconfig open the server; connections are kept', async () => {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const selfSigned = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  openssl(
    'req',
    ...selfSigned,
    '-keyout',
    'key',
    '-out',
    'crt',
    '-subj',
    '/CN=k',
    '-addext',
    'subjectAltName=DNS:cluster.test',
  );
  const [key, cert] = await Promise.all([readFile(join(folder, 'key')), readFile(join(folder, 'crt'))]);
  const server = await ScriptedKubernetesApi.start({
    key,
    cert,
    ca: cert,
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.answers = [json(200, { kind: 'PodList' })];
  const cluster = {
    server: `https://127.0.0.1:${server.port}/`,
    'tls-server-name': 'cluster.test',
    'certificate-authority': 'crt',
  };
  const user = { token: 'the-token', 'client-certificate': 'crt', 'client-key': 'key' };
  const connection = await connectCluster([await write('config', kubeconfig(cluster, user))]);
  const ports = new Set<number | undefined>();
  for (let time = 0; time < 3; time += 1) {
    const response = await openResponse(
      connection,
      { method: 'GET', path: '/api/v1/pods' },
      new AbortController().signal,
    );
    ports.add(response.socket.localPort);
    await response.toArray();
  }
  expect(server.requests[0]).toMatchObject({ headers: { authorization: 'Bearer the-token', 'user-agent': 'danube' } });
  expect(server.requests).toHaveLength(3);
  expect(ports.size).toBe(1);
  await server.close();
});

test('a server whose certificate is of nobody known is not talked to', async () => {
  const server = await ScriptedKubernetesApi.start();
  const connection = await connectCluster([
    await write('config', kubeconfig({ server: `https://127.0.0.1:${server.port}` })),
  ]);
  const sent = sendRequest(connection, { method: 'GET', path: '/api' }, new AbortController().signal);
  await expect(sent).rejects.toThrow();
  expect(server.requests).toEqual([]);
  await server.close();
});

test('several files are merged, and the first says which context holds', async () => {
  const first = { 'current-context': 'x', contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }] };
  const second = { ...kubeconfig({ server: 'https://second' }), contexts: [], 'current-context': 'other' };
  const connection = await connectCluster([await write('first', first), await write('second', second)]);
  expect(connection.url('/api').href).toBe('https://second/api');
});

test.each([
  ['absent', undefined, /ENOENT/],
  ['no YAML', '{', /./],
  ['empty', '', /./],
  [
    'without a context',
    { ...kubeconfig({ server: 'https://s' }), 'current-context': 'y' },
    /current-context "y" names no/,
  ],
  ['of a strange address', kubeconfig({ server: 'not an address' }), /"not an address" is not the address/],
  ['without TLS', kubeconfig({ server: 'http://s' }), /not protected by TLS; only insecure-skip-tls-verify/],
  [
    'of an absent key',
    kubeconfig({ server: 'https://s' }, { 'client-key': 'gone' }),
    /credentials cannot be read: ENOENT.*gone/,
  ],
  [
    'of a broken program',
    kubeconfig({ server: 'https://s' }, { exec: { command: '/gone' } }),
    /credentials cannot be read/,
  ],
])('a kubeconfig %s is named with what is wrong and what to do', async (_what, config, problem) => {
  const file = config === undefined ? join(folder, 'absent') : await write('config', config);
  const error: unknown = await connectCluster([file]).then(undefined, (reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'kubeconfig_invalid', category: 'invalid' });
  expect((error as Error).message).toMatch(problem);
  expect((error as Error).message).toContain(file);
  expect((error as Error).message).toContain('name another file as kubeconfig in [kubernetes]');
});

test("a pod's token is read again when it has been replaced", async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.96.0.1');
  vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
  const account = join(folder, 'var/run/secrets/kubernetes.io/serviceaccount');
  await mkdir(account, { recursive: true });
  await writeFile(join(account, 'ca.crt'), 'ca');
  await writeFile(join(account, 'token'), 'first');
  const connection = await connectCluster([], folder);
  expect(connection.url('/api').href).toBe('https://10.96.0.1/api');
  const authorization = async () => (await connection.requestOptions()).headers?.['Authorization'];
  expect(await authorization()).toBe('Bearer first');
  await writeFile(join(account, 'token'), 'second');
  vi.setSystemTime(Date.now() + 61_000);
  expect(await authorization()).toBe('Bearer second');
});
