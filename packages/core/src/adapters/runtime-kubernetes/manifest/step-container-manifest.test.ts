import { sampleJobSpec } from '@danube/test-support/job-spec-sample.js';
import { manifestProblems } from '@danube/test-support/kubernetes/manifest-problems.js';
import { expect, test } from 'vitest';
import { podManifest } from './pod-manifest.js';
import { stepContainerManifest } from './step-container-manifest.js';

test('the container of a step has the volumes and the rights of the worker, and runs the supervisor of its step', () => {
  const settings = { coordinatorImage: 'coordinator:1', instanceId: 'ci', namespace: 'danube-jobs' };
  const worker = podManifest(sampleJobSpec(), settings, 0).spec?.initContainers?.[1];
  if (worker === undefined) throw new Error('the pod has no worker');
  const container = stepContainerManifest({ sequence: 7 }, 'golang:1.25', worker, 1_767_225_600_000);
  expect(manifestProblems('EphemeralContainer', container)).toEqual([]);
  expect(container).toEqual({
    name: 'step-7',
    image: 'golang:1.25',
    command: ['/bin/sh', '/danube/processes/7/supervise'],
    workingDir: '/workspace',
    env: [{ name: 'DANUBE_CONTAINER_ADDED_AT', value: '1767225600000' }],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'workspace', mountPath: '/workspace' },
      { name: 'danube', mountPath: '/danube' },
    ],
  });
});
