import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadBootstrapConfig } from './load-bootstrap-config.js';
import { renderDefaultConfig, renderSettingsTable } from './render-default-config.js';
import { settingList } from './settings.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-bootstrap-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(toml: string, env: Record<string, string> = {}) {
  const file = join(folder, 'danube.toml');
  await writeFile(file, toml);
  return loadBootstrapConfig({ ...env, DANUBE_CONFIG: file });
}

async function problems(toml: string, env: Record<string, string> = {}): Promise<string[]> {
  const error = await load(toml, env).then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  expect(error).toMatchObject({ code: 'bootstrap_config_invalid', category: 'invalid' });
  return (error as Error).message.replaceAll(`${folder}/`, '').split('\n');
}

const defaults = {
  configRepo: { url: undefined, branch: 'main', syncIntervalMs: 60_000, sshKeyPath: undefined },
  server: {
    bindAddress: '127.0.0.1:8080',
    rpcAddress: '127.0.0.1:9000',
    grpcAddress: '127.0.0.1:9090',
    dataDir: '/var/lib/danube',
    publicUrl: undefined,
    metricsPublic: true,
    controlTlsCert: undefined,
    controlTlsKey: undefined,
    controlTlsCa: undefined,
  },
  logging: { level: 'info', format: 'auto' },
  runtime: { kind: 'local', isolation: 'auto', localUser: undefined },
  kubernetes: {
    kubeconfig: undefined,
    jobsNamespace: 'danube-jobs',
    systemNamespace: 'danube-system',
    coordinatorImage: undefined,
    rpcUrl: undefined,
    grpcAddress: undefined,
    insecureControlPlane: false,
  },
};

test('an empty file and the generated file both say the defaults', async () => {
  expect(await load('')).toEqual(defaults);
  expect(await load(renderDefaultConfig())).toEqual(defaults);
});

test('the examples in the generated file are accepted', async () => {
  const config = await load(renderDefaultConfig().replaceAll(/^# ([a-z_]+) =/gm, '$1 ='));
  expect(config.configRepo.url).toBe('git@git.example.com:platform/danube-config.git');
  expect(config.server.publicUrl).toBe('https://danube.example.com');
  expect(config.kubernetes).toMatchObject({
    kubeconfig: '/etc/danube/kubeconfig',
    coordinatorImage: 'registry.example.com/danube/coordinator:1.0.0',
    rpcUrl: 'https://10.0.0.5:9000',
    grpcAddress: '10.0.0.5:9090',
  });
});

test('the file is read', async () => {
  const config = await load(`
[config_repo]
url = "git@github.com:myorg/danube-config.git"
branch = "production"
sync_interval = "1h30m"
[server]
bind_address = "[::1]:80"
public_url = "https://ci.example.com/danube/"
metrics_public = false
`);
  expect(config.configRepo).toMatchObject({ branch: 'production', syncIntervalMs: 5_400_000 });
  expect(config.server).toMatchObject({
    bindAddress: '[::1]:80',
    publicUrl: 'https://ci.example.com/danube',
    metricsPublic: false,
  });
});

test('every environment variable wins over the file', async () => {
  const env = {
    DANUBE_CONFIG_REPO_URL: 'file:///srv/config',
    DANUBE_CONFIG_REPO_BRANCH: 'env',
    DANUBE_CONFIG_REPO_SYNC_INTERVAL: '5s',
    DANUBE_CONFIG_REPO_SSH_KEY_PATH: '/key',
    DANUBE_BIND_ADDRESS: '0.0.0.0:1',
    DANUBE_RPC_ADDRESS: '0.0.0.0:2',
    DANUBE_GRPC_ADDRESS: '0.0.0.0:3',
    DANUBE_DATA_DIR: '/data',
    DANUBE_PUBLIC_URL: 'http://env',
    DANUBE_METRICS_PUBLIC: 'false',
    DANUBE_CONTROL_TLS_CERT: '/tls.crt',
    DANUBE_CONTROL_TLS_KEY: '/tls.key',
    DANUBE_CONTROL_TLS_CA: '/ca.crt',
    DANUBE_LOG: 'warn,danube.jobs=debug',
    DANUBE_LOG_FORMAT: 'pretty',
    DANUBE_RUNTIME: 'kubernetes',
    DANUBE_RUNTIME_ISOLATION: 'user',
    DANUBE_RUNTIME_LOCAL_USER: 'builders',
    DANUBE_KUBERNETES_KUBECONFIG: '/kubeconfig',
    DANUBE_KUBERNETES_JOBS_NAMESPACE: 'jobs',
    DANUBE_KUBERNETES_SYSTEM_NAMESPACE: 'system',
    DANUBE_KUBERNETES_COORDINATOR_IMAGE: 'coordinator@sha256:1234',
    DANUBE_KUBERNETES_RPC_URL: 'http://env:9000/',
    DANUBE_KUBERNETES_GRPC_ADDRESS: 'env:9090',
    DANUBE_KUBERNETES_INSECURE_CONTROL_PLANE: 'true',
  };
  expect(settingList.map((setting) => setting.env)).toEqual(Object.keys(env));
  expect(await load(renderDefaultConfig(), env)).toEqual({
    configRepo: { url: 'file:///srv/config', branch: 'env', syncIntervalMs: 5000, sshKeyPath: '/key' },
    server: {
      bindAddress: '0.0.0.0:1',
      rpcAddress: '0.0.0.0:2',
      grpcAddress: '0.0.0.0:3',
      dataDir: '/data',
      publicUrl: 'http://env',
      metricsPublic: false,
      controlTlsCert: '/tls.crt',
      controlTlsKey: '/tls.key',
      controlTlsCa: '/ca.crt',
    },
    logging: { level: 'warn,danube.jobs=debug', format: 'pretty' },
    runtime: { kind: 'kubernetes', isolation: 'user', localUser: 'builders' },
    kubernetes: {
      kubeconfig: '/kubeconfig',
      jobsNamespace: 'jobs',
      systemNamespace: 'system',
      coordinatorImage: 'coordinator@sha256:1234',
      rpcUrl: 'http://env:9000',
      grpcAddress: 'env:9090',
      insecureControlPlane: true,
    },
  });
});

test('all problems are reported together, each with its place and what is accepted', async () => {
  const found = await problems(
    `[config_repo]
brnch = "main"
sync_interval = 60
  url = "ext::sh -c evil"
[sever]
x = 1
[server]
bind_address = "8080"
rpc_address = "localhost:70000"
data_dir = ""
metrics_public = "yes"
[runtime]
kind = "docker"
[kubernetes]
jobs_namespace = "Jobs"
coordinator_image = "two words"
`,
    { DANUBE_LOG: 'loud' },
  );
  expect(found).toEqual([
    'danube.toml:2:1: unknown key in [config_repo] "brnch"; did you mean "branch"?',
    'danube.toml:5:2: unknown section "sever"; did you mean "server"?',
    'danube.toml:4:3: config_repo.url the repository URL names a remote helper ("::"); accepted: the URL of a Git repository: https, http, ssh, user@host:path or file',
    expect.stringMatching(/^danube.toml:3:1: config_repo.sync_interval is a number, not text; accepted: .*"90s"/),
    expect.stringMatching(/^danube.toml:8:1: server.bind_address "8080" is not accepted; accepted: host:port/),
    expect.stringMatching(/^danube.toml:9:1: server.rpc_address "localhost:70000" is not accepted/),
    expect.stringMatching(/^danube.toml:10:1: server.data_dir is empty/),
    expect.stringMatching(/^danube.toml:11:1: server.metrics_public is "yes"; accepted: true or false/),
    expect.stringMatching(/^environment variable DANUBE_LOG: "loud" is not accepted/),
    'danube.toml:13:1: runtime.kind "docker" is not accepted; accepted: one of "local", "kubernetes"',
    expect.stringMatching(/^danube.toml:15:1: kubernetes.jobs_namespace "Jobs" is not accepted; accepted: lower-case/),
    expect.stringMatching(/^danube.toml:16:1: kubernetes.coordinator_image "two words" is not accepted/),
  ]);
});

test('a typo in the syntax names file, line and column', async () => {
  expect(await problems('[server]\nbind_address = 127.0.0.1:8080\n')).toEqual([
    expect.stringMatching(/^danube.toml:2:\d+: this is no TOML: /),
  ]);
});

test('a key outside of a section is placed', async () => {
  expect(await problems('\nbranch = "main"\n')).toEqual([
    'danube.toml:2:1: unknown key "branch"; accepted: config_repo, server, logging, runtime, kubernetes',
  ]);
});

test('a named file that is missing says how to get one', async () => {
  const missing = join(folder, 'nothing.toml');
  await expect(loadBootstrapConfig({ DANUBE_CONFIG: missing })).rejects.toMatchObject({
    code: 'bootstrap_config_unreadable',
    message: expect.stringMatching(/nothing\.toml.*danube init-config/) as string,
  });
});

test('relative paths become absolute', async () => {
  const config = await load('[server]\ndata_dir = "data"\n');
  expect(config.server.dataDir).toBe(join(process.cwd(), 'data'));
});

test('the table in docs/configuration.md is that of the code', () => {
  const documentation = readFileSync(new URL('../../../../../docs/configuration.md', import.meta.url), 'utf8');
  const squeeze = (markdown: string) => markdown.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ');
  expect(squeeze(documentation)).toContain(squeeze(renderSettingsTable()));
});
