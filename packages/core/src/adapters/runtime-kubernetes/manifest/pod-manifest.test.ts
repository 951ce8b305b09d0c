import { SecretValue } from '@danube/plugin-api';
import { sampleJobSpec } from '@danube/test-support/job-spec-sample.js';
import { manifestProblems } from '@danube/test-support/kubernetes/manifest-problems.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultKubernetesSettings } from '../../../domain/kubernetes/kubernetes-settings.js';
import { podOptions } from '../../../domain/kubernetes/pod-options.js';
import type { PodRequest } from '../../../domain/kubernetes/pod-request.js';
import type { JobSpec } from '../../../services/ports/job-runtime.js';
import { podManifest } from './pod-manifest.js';

const settings = { coordinatorImage: 'registry.example.org/coordinator:1', instanceId: 'ci', namespace: 'danube-jobs' };
const now = 1_767_225_600_000;

const everything: PodRequest = {
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
  egress: { hosts: [], cidrs: [] },
};
const fullJob = sampleJobSpec({
  pod: podOptions({ image: 'node:22', kubernetes: everything }, defaultKubernetesSettings),
});

function containersOf(job: JobSpec) {
  const { spec } = podManifest(job, settings, now);
  return Object.fromEntries(
    [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map((one) => [one.name, one]),
  );
}

test.each([
  ['a job that asks for nothing', sampleJobSpec()],
  ['a job that asks for everything', fullJob],
  ['a job without an end', sampleJobSpec({ abandonAt: undefined })],
])('a server understands all of the pod of %s', (_name, job) => {
  expect(manifestProblems('Pod', podManifest(job, settings, now))).toEqual([]);
});

test('the check of manifests refuses what the server does not know', () => {
  const { spec, ...pod } = podManifest(sampleJobSpec(), settings, now);
  expect(manifestProblems('Pod', { ...pod, spec: { ...spec, restartPolicies: 'Never' } })).toHaveLength(1);
  expect(manifestProblems('Pod', { ...pod, spec: { ...spec, restartPolicy: 'never' } })).toHaveLength(1);
});

test('the pod runs once, ends by itself, and can do nothing in the cluster', () => {
  const { metadata, spec } = podManifest(fullJob, settings, now);
  expect(metadata?.name).toBe(`danube-job-${fullJob.jobId}`);
  expect(metadata?.namespace).toBe('danube-jobs');
  expect(spec).toMatchObject({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    activeDeadlineSeconds: 4200,
    terminationGracePeriodSeconds: 10,
    serviceAccountName: 'builder',
    imagePullSecrets: [{ name: 'registry' }],
    nodeSelector: { disk: 'ssd' },
    tolerations: [
      { key: 'build', operator: 'Exists' },
      { key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' },
    ],
    securityContext: {
      fsGroup: 10_001,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
  });
  expect(spec?.initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
    ['checkout', undefined],
    ['worker', 'Always'],
  ]);
  expect(podManifest(sampleJobSpec({ abandonAt: now - 5000 }), settings, now).spec?.activeDeadlineSeconds).toBe(1);
});

test('each container sees only the volumes that are its own', () => {
  const { checkout, worker, coordinator } = containersOf(fullJob);
  const mountsOf = (container = worker) =>
    container?.volumeMounts?.map(({ name, mountPath }) => `${name} ${mountPath}`);
  expect(mountsOf(worker)).toEqual(['workspace /workspace', 'danube /danube']);
  expect(mountsOf(coordinator)).toEqual([
    'workspace /workspace',
    'danube /danube',
    'private /run/danube',
    'coordinator-tmp /tmp',
  ]);
  expect(mountsOf(checkout)).toEqual([
    'workspace /workspace',
    'danube /danube',
    'private /run/danube',
    'credentials /run/danube-credentials',
    'checkout-tmp /tmp',
  ]);
  expect(podManifest(fullJob, settings, now).spec?.volumes).toEqual([
    { name: 'workspace', emptyDir: { sizeLimit: '5Gi' } },
    { name: 'danube', emptyDir: { sizeLimit: '4Gi' } },
    { name: 'private', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
    { name: 'credentials', emptyDir: { medium: 'Memory', sizeLimit: '4Mi' } },
    { name: 'checkout-tmp', emptyDir: { sizeLimit: '256Mi' } },
    { name: 'coordinator-tmp', emptyDir: { sizeLimit: '256Mi' } },
  ]);
});

test('no container has rights that nobody allowed', () => {
  const { checkout, worker, coordinator } = containersOf(fullJob);
  for (const own of [checkout, coordinator]) {
    expect(own?.image).toBe(settings.coordinatorImage);
    expect(own?.securityContext).toEqual({
      runAsUser: 10_001,
      runAsGroup: 10_001,
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  }
  expect(worker?.image).toBe('node:22');
  expect(worker?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'], add: ['SETUID'] },
  });
  expect(containersOf(sampleJobSpec())['worker']?.securityContext?.capabilities).toEqual({ drop: ['ALL'] });
});

test('resources arrive under the names of the cluster', () => {
  const { checkout, worker, coordinator } = containersOf(fullJob);
  expect(worker?.resources).toEqual({
    requests: { cpu: '500m', memory: '128Mi', 'ephemeral-storage': '1Gi' },
    limits: { cpu: '2', memory: '4Gi', 'ephemeral-storage': '40Gi' },
  });
  expect(checkout?.resources).toEqual(worker?.resources);
  expect(coordinator?.resources).toEqual({
    requests: { cpu: '20m', memory: '48Mi' },
    limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
  });
});

describe('labels', () => {
  const labelsOf = (changes: Partial<JobSpec>) => podManifest(sampleJobSpec(changes), settings, now).metadata?.labels;
  const long = `web-${'x'.repeat(80)}`;

  test('name the job, its pipeline and team, and the master', () => {
    expect(labelsOf({})).toEqual({
      'danube.dev/job-id': '0199d3a4-7c1e-7b1a-9f00-3d6c5a8e1b2f',
      'danube.dev/pipeline': 'web',
      'danube.dev/team': 'platform',
      'danube.dev/instance': 'ci',
      'app.kubernetes.io/managed-by': 'danube',
    });
  });

  test('are cut where they would not be valid, and the whole is an annotation', () => {
    const { metadata } = podManifest(sampleJobSpec({ pipelineName: long, team: 'ops-' }), settings, now);
    expect(metadata?.labels?.['danube.dev/pipeline']).toMatch(/^web-x{50}-[0-9a-f]{8}$/);
    expect(metadata?.labels?.['danube.dev/team']).toMatch(/^ops--[0-9a-f]{8}$/);
    expect(metadata?.annotations).toMatchObject({
      'danube.dev/pipeline': long,
      'danube.dev/team': 'ops-',
      'danube.dev/repository': 'https://git.example.org/web.git',
      'danube.dev/commit': '4f0c1f4b2a9d5e6c7b8a9d0e1f2a3b4c5d6e7f80',
      'danube.dev/trigger': 'manual: refs/heads/main',
    });
  });

  test('are valid and differ for any two texts', () => {
    const valid = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 120 }), fc.string({ minLength: 1, maxLength: 120 }), (a, b) => {
        const [one, other] = [a, b].map((text) => labelsOf({ pipelineName: text })?.['danube.dev/pipeline']);
        expect(one).toMatch(valid);
        if (a !== b) expect(one).not.toBe(other);
      }),
    );
  });
});

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

test('no secret of a job is in its manifest, nothing of its connection or environment, and the job is left as it is', () => {
  const secret = fc.stringMatching(/^[a-z0-9]{16,40}$/).map((text) => `s3cret-${text}`);
  fc.assert(
    fc.property(fc.array(secret, { minLength: 8, maxLength: 8 }), fc.boolean(), (secrets, ssh) => {
      const [token = '', url = '', grpc = '', trace = '', password = '', user = '', variable = '', hosts = ''] =
        secrets;
      const credential = ssh
        ? ({ kind: 'ssh', privateKey: new SecretValue(password), knownHosts: hosts } as const)
        : ({ kind: 'https', username: user, password: new SecretValue(password) } as const);
      const job = frozen(
        sampleJobSpec({
          access: { authMethod: 'test', credential },
          env: { VARIABLE: variable },
          connection: { rpcUrl: `http://${url}`, grpcAddress: grpc, ca: undefined, token, traceparent: trace },
        }),
      );
      const manifest = JSON.stringify(podManifest(job, settings, now));
      for (const text of secrets) expect(manifest).not.toContain(text);
      expect(JSON.stringify(podManifest(job, settings, now))).toBe(manifest);
    }),
  );
});

test('the environment of Danube’s containers is harmless, and the worker’s is that of its image', () => {
  const { checkout, worker, coordinator } = containersOf(fullJob);
  const own = [
    { name: 'HOME', value: '/tmp' },
    { name: 'LANG', value: 'C.UTF-8' },
    { name: 'PYTHONUNBUFFERED', value: '1' },
  ];
  expect([checkout?.env, worker?.env, coordinator?.env]).toEqual([own, undefined, own]);
});
