import { defaultKubernetesSettings } from '@danube/core/domain/kubernetes/kubernetes-settings.js';
import { podOptions } from '@danube/core/domain/kubernetes/pod-options.js';
import type { JobSpec } from '@danube/core/services/ports/job-runtime.js';

/** A whole and valid job, so that a test names only what it is about. */
export function sampleJobSpec(changes: Partial<JobSpec> = {}): JobSpec {
  return {
    jobId: '0199d3a4-7c1e-7b1a-9f00-3d6c5a8e1b2f',
    pipelineId: 'web',
    pipelineName: 'web',
    team: 'platform',
    source: {
      repositoryUrl: 'https://git.example.org/web.git',
      ref: 'refs/heads/main',
      branch: 'main',
      commit: '4f0c1f4b2a9d5e6c7b8a9d0e1f2a3b4c5d6e7f80',
    },
    trigger: { type: 'manual', ref: 'refs/heads/main', actor: 'ada' },
    pipelineFile: 'danubefile.py',
    cloneSubmodules: false,
    cloneDepth: 1,
    access: { authMethod: 'none', credential: undefined },
    env: {},
    network: true,
    pod: podOptions({ image: undefined, kubernetes: undefined }, defaultKubernetesSettings),
    deadlineAt: 1_767_229_200_000,
    abandonAt: 1_767_229_800_000,
    connection: {
      rpcUrl: 'https://danube.danube-system.svc:9000',
      grpcAddress: 'danube.danube-system.svc:9090',
      ca: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      token: 'token-of-the-job',
      traceparent: undefined,
    },
    ...changes,
  };
}
