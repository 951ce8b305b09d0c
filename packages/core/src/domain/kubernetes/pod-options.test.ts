import { expect, test } from 'vitest';
import { noEgress } from './egress.js';
import { defaultKubernetesSettings, type KubernetesSettings } from './kubernetes-settings.js';
import { podOptions } from './pod-options.js';
import type { PodRequest } from './pod-request.js';
import type { ResourceAmount } from './resources.js';

const nothing: PodRequest = {
  resources: {},
  workspaceSize: undefined,
  nodeSelector: {},
  tolerations: [],
  imagePullSecrets: [],
  serviceAccount: undefined,
  capabilities: [],
  egress: noEgress,
};

function memory(wish: ResourceAmount, standard: ResourceAmount, maximum: string | undefined): unknown {
  const settings: KubernetesSettings = {
    ...defaultKubernetesSettings,
    defaultResources: { memory: standard },
    maxResources: maximum === undefined ? {} : { memory: maximum },
  };
  const pipeline = { image: undefined, kubernetes: { ...nothing, resources: { memory: wish } } };
  return podOptions(pipeline, settings).resources.memory;
}

test.each<[string, ResourceAmount, ResourceAmount, string | undefined, ResourceAmount]>([
  ['nothing is said', {}, {}, undefined, {}],
  ['the default is taken', {}, { request: '1Gi', limit: '2Gi' }, '8Gi', { request: '1Gi', limit: '2Gi' }],
  ['the maximum is the limit of those that say none', {}, {}, '8Gi', { limit: '8Gi' }],
  ['a default is no way around the maximum', {}, { request: '4Gi' }, '2Gi', { request: '2Gi', limit: '2Gi' }],
  ['a default limit is capped too', {}, { limit: '4Gi' }, '2Gi', { limit: '2Gi' }],
  ['the wish wins', { request: '2Gi', limit: '4Gi' }, { limit: '1Gi' }, '8Gi', { request: '2Gi', limit: '4Gi' }],
  [
    'a low limit lowers the request',
    { limit: '512Mi' },
    { request: '1Gi' },
    '8Gi',
    { request: '512Mi', limit: '512Mi' },
  ],
  ['a high request raises the limit', { request: '4Gi' }, { limit: '2Gi' }, '8Gi', { request: '4Gi', limit: '4Gi' }],
])('resources: %s', (_name, wish, standard, maximum, expected) => {
  expect(memory(wish, standard, maximum)).toEqual(expected);
});

test('a pipeline that says nothing gets what the instance says', () => {
  expect(podOptions({ image: undefined, kubernetes: undefined }, defaultKubernetesSettings)).toMatchObject({
    image: defaultKubernetesSettings.defaultImage,
    workspaceSize: '10Gi',
    coordinatorResources: defaultKubernetesSettings.coordinatorResources,
    capabilities: [],
    serviceAccount: undefined,
    egress: { allowAll: false, hosts: [], cidrs: [] },
    imagePullTimeoutMs: 120_000,
    scheduleTimeoutMs: 300_000,
    keepFailedForMs: 0,
  });
  const small = { ...defaultKubernetesSettings, maxWorkspaceSize: '1Gi' };
  expect(podOptions({ image: undefined, kubernetes: undefined }, small).workspaceSize).toBe('1Gi');
});

test('a pipeline adds to what every job may reach', () => {
  const egress = { allowAll: false, hosts: [{ host: 'pypi.org', ports: [443] }], cidrs: [] };
  const added = { hosts: [{ host: 'example.com', ports: [80] }], cidrs: [{ cidr: '10.0.0.0/8', ports: [5432] }] };
  const pipeline = { image: 'node:22', kubernetes: { ...nothing, egress: added } };
  expect(podOptions(pipeline, { ...defaultKubernetesSettings, egress })).toMatchObject({
    image: 'node:22',
    egress: { allowAll: false, hosts: [...egress.hosts, ...added.hosts], cidrs: added.cidrs },
  });
});
