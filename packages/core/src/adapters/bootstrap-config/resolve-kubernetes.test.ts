import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadBootstrapConfig } from './load-bootstrap-config.js';
import { resolveKubernetes } from './resolve-kubernetes.js';

let folder: string;
let files: { k3s: string; serviceAccount: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-kubernetes-'));
  files = { k3s: join(folder, 'k3s.yaml'), serviceAccount: join(folder, 'token') };
});
afterEach(() => rm(folder, { recursive: true }));

async function resolve(toml: string, env: Record<string, string> = {}) {
  const file = join(folder, 'danube.toml');
  await writeFile(file, toml);
  return resolveKubernetes(await loadBootstrapConfig({ ...env, DANUBE_CONFIG: file }), env, files);
}

const image = '[kubernetes]\ncoordinator_image = "coordinator:1"\n';
const addresses = 'rpc_url = "https://10.0.0.5:9000"\ngrpc_address = "10.0.0.5:9090"\n';
const podEnvironment = { KUBERNETES_SERVICE_HOST: '10.96.0.1' };

test('in a pod, the service account opens the cluster and a service is the address of the control plane', async () => {
  await writeFile(files.serviceAccount, 'token');
  expect(await resolve(`${image}system_namespace = "ci"\n`, podEnvironment)).toEqual({
    kubeconfigs: [],
    jobsNamespace: 'danube-jobs',
    systemNamespace: 'ci',
    coordinatorImage: 'coordinator:1',
    rpcUrl: 'https://danube.ci.svc:9000',
    grpcAddress: 'danube.ci.svc:9090',
    controlTls: 'own',
  });
});

test('addresses that are written win over those of the service', async () => {
  await writeFile(files.serviceAccount, 'token');
  const resolved = await resolve(image + addresses, podEnvironment);
  expect(resolved).toMatchObject({ rpcUrl: 'https://10.0.0.5:9000', grpcAddress: '10.0.0.5:9090' });
});

test('the setting wins over KUBECONFIG, that over the file of k3s, that over the service account', async () => {
  const written = image + addresses;
  await writeFile(files.serviceAccount, 'token');
  await writeFile(files.k3s, '');
  const kubeconfigs = async (toml: string, env: Record<string, string>) => (await resolve(toml, env)).kubeconfigs;
  expect(await kubeconfigs(`${written}kubeconfig = "/mine"\n`, { KUBECONFIG: '/a' })).toEqual(['/mine']);
  expect(await kubeconfigs(written, { ...podEnvironment, KUBECONFIG: '/a::/b' })).toEqual(['/a', '/b']);
  expect(await kubeconfigs(written, { ...podEnvironment, KUBECONFIG: '' })).toEqual([files.k3s]);
  await rm(files.k3s);
  expect(await kubeconfigs(written, podEnvironment)).toEqual([]);
});

test('outside of the cluster everything that is missing is named at once, with an example', async () => {
  await writeFile(files.k3s, '');
  await expect(resolve('')).rejects.toMatchObject({
    code: 'bootstrap_config_invalid',
    category: 'invalid',
    details: {
      problems: [
        expect.stringMatching(/coordinator_image is missing.*registry\.example.*DANUBE_KUBERNETES_COORDINATOR_IMAGE/),
        expect.stringMatching(
          /rpc_url is missing: this server does not run in the cluster.*"https:\/\/10\.0\.0\.5:9000"/,
        ),
        expect.stringMatching(/grpc_address is missing: this server does not run.*"10\.0\.0\.5:9090"/),
      ],
    },
  });
});

test("a person's kubeconfig is not taken by accident", async () => {
  await expect(resolve(image + addresses, { HOME: folder })).rejects.toThrow(
    /no access to a cluster: KUBECONFIG is not set.*~\/\.kube\/config is used only if it is named/,
  );
});

const problemsOf = (toml: string) =>
  resolve(toml).then(
    () => [],
    (error: { details: { problems: string[] } }) => error.details.problems,
  );

test('clear text must be asked for, and is not mixed with TLS', async () => {
  await writeFile(files.k3s, '');
  const plain = image + addresses.replace('https', 'http');
  expect(await problemsOf(plain)).toEqual([
    expect.stringMatching(/rpc_url is "http:\/\/10\.0\.0\.5:9000".*clear text.*https.*insecure_control_plane = true/),
  ]);
  const insecure = `${plain}insecure_control_plane = true\n`;
  expect(await resolve(insecure)).toMatchObject({ rpcUrl: 'http://10.0.0.5:9000', controlTls: undefined });
  for (const mixed of [
    `${image}${addresses}insecure_control_plane = true\n`,
    `${insecure}[server]\ncontrol_tls_ca = "/ca"`,
  ])
    expect(await problemsOf(mixed)).toEqual([expect.stringContaining('leave one of them out')]);
});

test('in a pod, clear text makes the address one of clear text', async () => {
  await writeFile(files.serviceAccount, 'token');
  const resolved = await resolve(`${image}insecure_control_plane = true\n`, podEnvironment);
  expect(resolved).toMatchObject({ rpcUrl: 'http://danube.danube-system.svc:9000', controlTls: undefined });
});

test('the certificate of somebody else comes with its key', async () => {
  await writeFile(files.k3s, '');
  const server = `${image}${addresses}[server]\ncontrol_tls_cert = "/tls.crt"\n`;
  expect(await problemsOf(server)).toEqual([expect.stringContaining('control_tls_key go together')]);
  expect((await resolve(`${server}control_tls_key = "/tls.key"\n`)).controlTls).toEqual({
    certificate: '/tls.crt',
    key: '/tls.key',
    ca: undefined,
  });
});
