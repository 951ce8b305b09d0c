import { parseFiles, pipelineYaml, problemsOf, teamYaml } from '@danube/test-support/config-file-fixture.js';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../domain/config/default-settings.js';

const files = (pipeline: string, config: string) => ({
  'teams.yaml': teamYaml,
  'config.yaml': config === '' ? '{}' : `kubernetes:\n  ${config}\n`,
  'web.yaml': pipelineYaml(pipeline === '' ? '' : `  kubernetes:\n    ${pipeline}\n`),
});

test('every key of a pipeline arrives', async () => {
  const pipeline = `resources: {cpu: {request: 500m, limit: "2"}, memory: {limit: 4Gi}, ephemeral_storage: {request: 1Gi}}
    workspace_size: 5Gi
    node_selector: {disk: ssd}
    tolerations: [{key: build}, {key: gpu, value: "yes", effect: NoSchedule}]
    image_pull_secrets: [registry]
    service_account: builder
    capabilities: [SETUID]
    egress: {hosts: [pypi.org, "db.example.com:5432"], cidrs: ["10.1.0.0/16", "fd00::/8:22"], ports: [443, 8443]}`;
  const config = `allowed_node_selectors: {disk: [ssd, hdd]}
  allowed_tolerations: [{key: build}, {key: gpu, value: "yes"}]
  allowed_image_pull_secrets: [registry]
  allowed_service_accounts: [builder]
  allowed_capabilities: [SETUID]
  egress: {hosts: [pypi.org], ports: [443, 8443]}
  allowed_egress: {hosts: ["*.example.com:5432"], cidrs: ["10.0.0.0/8:443", "10.1.0.0/16:8443", "::/0:22"]}`;
  const { pipelines } = await parseFiles(files(pipeline, config));
  expect(pipelines[0]?.spec.kubernetes).toEqual({
    resources: {
      cpu: { request: '500m', limit: '2' },
      memory: { limit: '4Gi' },
      ephemeralStorage: { request: '1Gi' },
    },
    workspaceSize: '5Gi',
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'build' }, { key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
    imagePullSecrets: ['registry'],
    serviceAccount: 'builder',
    capabilities: ['SETUID'],
    egress: {
      hosts: [
        { host: 'pypi.org', ports: [443, 8443] },
        { host: 'db.example.com', ports: [5432] },
      ],
      cidrs: [
        { cidr: '10.1.0.0/16', ports: [443, 8443] },
        { cidr: 'fd00::/8', ports: [22] },
      ],
    },
  });
});

test('every key of the settings arrives, and the others keep their defaults', async () => {
  const config = `default_image: debian:12
  default_resources: {memory: {limit: 1Gi}}
  coordinator_resources: {cpu: {limit: "2"}}
  max_resources: {cpu: "16"}
  max_workspace_size: 100Gi
  egress: {allow_all: true}
  image_pull_timeout: 1m
  schedule_timeout: 1h
  keep_failed_for: 1d`;
  const { settings } = await parseFiles(files('', config));
  const standard = defaultSettings.kubernetes;
  expect(settings.kubernetes).toEqual({
    ...standard,
    defaultImage: 'debian:12',
    defaultResources: { ...standard.defaultResources, memory: { limit: '1Gi' } },
    coordinatorResources: { ...standard.coordinatorResources, cpu: { limit: '2' } },
    maxResources: { ...standard.maxResources, cpu: '16' },
    maxWorkspaceSize: '100Gi',
    egress: { allowAll: true, hosts: [], cidrs: [] },
    imagePullTimeoutMs: 60_000,
    scheduleTimeoutMs: 3_600_000,
    keepFailedForMs: 86_400_000,
  });
});

const none = (setting: string) => `(allowed by kubernetes.${setting} of the instance: none)`;

test.each([
  [
    'resources: {memory: {limit: 16Gi}}',
    '',
    '9:33: spec.kubernetes.resources.memory.limit: "16Gi" is more than is allowed (allowed by kubernetes.max_resources.memory of the instance: at most 8Gi)',
  ],
  [
    'resources: {ephemeral_storage: {request: 2Gi}}',
    'max_resources: {ephemeral_storage: 1Gi}',
    '9:46: spec.kubernetes.resources.ephemeral_storage.request: "2Gi" is more than is allowed (allowed by kubernetes.max_resources.ephemeral_storage of the instance: at most 1Gi)',
  ],
  [
    'resources: {cpu: {request: "2", limit: 1500m}}',
    '',
    '9:32: spec.kubernetes.resources.cpu.request: the request "2" is more than the limit "1500m" (lower the request or raise the limit)',
  ],
  [
    'workspace_size: 1Ti',
    '',
    '9:21: spec.kubernetes.workspace_size: "1Ti" is more than is allowed (allowed by kubernetes.max_workspace_size of the instance: at most 20Gi)',
  ],
  [
    'node_selector: {disk: hdd}',
    'allowed_node_selectors: {disk: [ssd], arch: [arm]}',
    '9:27: spec.kubernetes.node_selector.disk: the node selector disk=hdd is not allowed (allowed by kubernetes.allowed_node_selectors of the instance: disk=ssd, arch=arm)',
  ],
  [
    'tolerations: [{key: gpu}]',
    'allowed_tolerations: [{key: gpu, value: small}]',
    '9:19: spec.kubernetes.tolerations[0]: the toleration gpu is not allowed (allowed by kubernetes.allowed_tolerations of the instance: gpu=small)',
  ],
  [
    'image_pull_secrets: [mine]',
    '',
    `9:26: spec.kubernetes.image_pull_secrets[0]: the image pull secret "mine" is not allowed ${none('allowed_image_pull_secrets')}`,
  ],
  [
    'service_account: admin',
    'allowed_service_accounts: [builder]',
    '9:22: spec.kubernetes.service_account: the service account "admin" is not allowed (allowed by kubernetes.allowed_service_accounts of the instance: builder)',
  ],
  [
    'capabilities: [SYS_ADMIN]',
    '',
    `9:20: spec.kubernetes.capabilities[0]: the capability "SYS_ADMIN" is not allowed ${none('allowed_capabilities')}`,
  ],
  [
    'egress: {hosts: [example.com]}',
    '',
    `9:22: spec.kubernetes.egress.hosts[0]: connections to example.com on port 80, 443 are not allowed ${none('allowed_egress.hosts')}`,
  ],
  [
    'egress: {hosts: ["a.b.example.com:443"]}',
    'allowed_egress: {hosts: ["*.example.com"]}',
    '9:22: spec.kubernetes.egress.hosts[0]: connections to a.b.example.com on port 443 are not allowed (allowed by kubernetes.allowed_egress.hosts of the instance: *.example.com on port 80, 443)',
  ],
  [
    'egress: {hosts: ["*.example.com:443"]}',
    'allowed_egress: {hosts: [a.example.com]}',
    '9:22: spec.kubernetes.egress.hosts[0]: connections to *.example.com on port 443 are not allowed (allowed by kubernetes.allowed_egress.hosts of the instance: a.example.com on port 80, 443)',
  ],
  [
    'egress: {cidrs: ["10.0.0.0/8:5432"]}',
    'allowed_egress: {cidrs: ["10.0.0.0/9:5432"]}',
    '9:22: spec.kubernetes.egress.cidrs[0]: connections to 10.0.0.0/8 on port 5432 are not allowed (allowed by kubernetes.allowed_egress.cidrs of the instance: 10.0.0.0/9 on port 5432)',
  ],
])('a pipeline with %s where the settings say %j is refused', async (pipeline, config, expected) => {
  expect(await problemsOf(files(pipeline, config))).toEqual([`web.yaml:${expected}`]);
});

test.each([
  ['egress: {hosts: ["a.example.com:443"]}', 'allowed_egress: {hosts: ["*.example.com"]}'],
  ['egress: {hosts: ["*.example.com:443", example.org]}', 'allowed_egress: {hosts: ["*"]}'],
  ['egress: {hosts: [example.org], cidrs: ["0.0.0.0/0:22"]}', 'egress: {allow_all: true}'],
  ['tolerations: [{key: gpu, value: a, effect: NoExecute}]', 'allowed_tolerations: [{key: gpu}]'],
  ['resources: {cpu: {limit: 4000m}}', ''],
])('a pipeline with %s where the settings say %j is accepted', async (pipeline, config) => {
  expect(await problemsOf(files(pipeline, config))).toEqual([]);
});

test.each([
  ['workspace_size: 5GB', '9:21: spec.kubernetes.workspace_size: "5GB" is not accepted (accepted: a quantity'],
  ['workspace_size: 5', '9:21: spec.kubernetes.workspace_size: must be text, not the number 5 (write "5")'],
  ['egress: {hosts: [10.0.0.1]}', '"10.0.0.1" is not accepted: an address belongs among the cidrs'],
  ['egress: {hosts: ["https://x.org"]}', '"https://x.org" is not accepted: a name in lower case is expected'],
  ['egress: {hosts: ["x.org:0"]}', '"x.org:0" is not accepted: the port must be a number from 1 to 65535'],
  ['egress: {cidrs: ["10.0.0.1"]}', '"10.0.0.1" is not accepted: a network is expected'],
  ['egress: {cidrs: ["10.0.0.0/8:99999"]}', 'the port must be a number from 1 to 65535'],
  ['egress: {allow_all: true}', 'unknown key "allow_all"'],
  ['egress: {ports: []}', 'spec.kubernetes.egress.ports: must NOT have fewer than 1 items'],
  ['capabilities: [CAP_CHOWN]', '"CAP_CHOWN" is not accepted (accepted: the name of a capability'],
  ['tolerations: [{value: x}]', '"key" is missing'],
  ['node_selector: {"a b": x}', 'the name "a b" is not accepted (accepted: the key of a label'],
])('the wrong value %s is one clear error', async (pipeline, expected) => {
  const problems = await problemsOf(files(pipeline, ''));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(expected);
});

test('requests above limits are found in the settings too, and wrong settings are blamed on no pipeline', async () => {
  expect(await problemsOf(files('', 'default_resources: {cpu: {request: "2", limit: "1"}}'))).toEqual([
    'config.yaml:2:38: kubernetes.default_resources.cpu.request: the request "2" is more than the limit "1" (lower the request or raise the limit)',
  ]);
  expect(await problemsOf(files('capabilities: [SETUID]', 'allowed_capabilities: SETUID'))).toEqual([
    'config.yaml:2:25: kubernetes.allowed_capabilities: must be a list, not the string "SETUID" (write [SETUID])',
  ]);
});
