import type { DeliveryEnd, NewDelivery } from '@danube/core/services/ports/delivery-repository.js';
import type { NewJob } from '@danube/core/services/ports/job-repository.js';
import type { Team } from '@danube/core/domain/access/team.js';
import type { User } from '@danube/core/domain/access/user.js';
import type { Pipeline, PipelineSpec } from '@danube/core/domain/pipeline/pipeline.js';
import type { BuildCircumstances } from '@danube/core/domain/provenance/build-facts.js';
import type { Step } from '@danube/core/domain/step/step.js';

/** Whole and valid values, so that a test names only what it is about. */
export function sampleUser(id: string, changes: Partial<User> = {}): User {
  return {
    id,
    name: id,
    email: `${id}@example.org`,
    displayName: undefined,
    passwordHash: undefined,
    oidcSubject: undefined,
    ...changes,
  };
}

export function sampleTeam(id: string, changes: Partial<Team> = {}): Team {
  return { id, name: id, description: undefined, globalAdmin: false, members: [], ...changes };
}

export function samplePipeline(id: string, spec: Partial<PipelineSpec> = {}): Pipeline {
  return {
    id,
    name: id,
    spec: {
      team: 'platform',
      description: undefined,
      repository: `https://git.example.org/${id}.git`,
      branch: 'main',
      file: 'danubefile.py',
      triggers: undefined,
      timeoutMs: 3_600_000,
      timeoutAction: 'kill',
      concurrency: 'queue',
      maxConcurrentJobs: undefined,
      maxConcurrentSteps: 4,
      cloneSubmodules: false,
      cloneDepth: 1,
      webhookSecret: undefined,
      env: {},
      network: true,
      image: undefined,
      kubernetes: undefined,
      permissions: [],
      ...spec,
    },
    origin: { file: `pipelines/${id}.yaml`, line: 1 },
  };
}

export function sampleJob(id: string, changes: Partial<NewJob> & { readonly branch?: string } = {}): NewJob {
  const { branch = 'main', ...job } = changes;
  return {
    id,
    pipelineId: 'web',
    trigger: { type: 'manual', ref: `refs/heads/${branch}`, actor: 'ada' },
    source: {
      repositoryUrl: 'https://git.example.org/web.git',
      ref: `refs/heads/${branch}`,
      branch,
      commit: '4f0c1f4b2a9d5e6c7b8a9d0e1f2a3b4c5d6e7f80',
    },
    pullRequest: undefined,
    withSecrets: true,
    env: {},
    createdAt: 1_767_225_600_000,
    ...job,
  };
}

export const sampleCircumstances: BuildCircumstances = {
  platformId: 'https://danube.example.com',
  danubeVersion: '1.0.0',
  mode: 'kubernetes',
  configCommit: 'c'.repeat(40),
  pipelineFile: 'danubefile.py',
  image: undefined,
};

export function sampleStep(jobId: string, sequence: number, changes: Partial<Step> = {}): Step {
  return {
    jobId,
    sequence,
    name: `step-${sequence}`,
    command: 'make test',
    requestDigest: 'd1',
    image: undefined,
    status: 'pending',
    exitCode: undefined,
    reason: undefined,
    createdAt: 1_767_225_600_000,
    startedAt: undefined,
    finishedAt: undefined,
    deadlineAt: undefined,
    logStart: undefined,
    logEnd: undefined,
    ...changes,
  };
}

export function sampleDelivery(id: string, changes: Partial<NewDelivery> = {}): NewDelivery {
  return {
    id,
    forge: 'gitea',
    forgeDeliveryId: undefined,
    source: 'webhook',
    replayOf: undefined,
    receivedAt: 1_767_225_600_000,
    payload: { headers: {}, sealedHeaders: {}, body: Buffer.from('{}') },
    ...changes,
  };
}

type DeliveryEndChanges = Partial<Omit<DeliveryEnd, 'outcome'>> & {
  readonly outcome?: Partial<DeliveryEnd['outcome']>;
};

/** A push that was verified and worked on. */
export function sampleDeliveryEnd(id: string, { outcome, ...changes }: DeliveryEndChanges = {}): DeliveryEnd {
  return {
    id,
    status: 'processed',
    outcome: {
      event: 'push',
      repository: 'octo/hello',
      ref: 'refs/heads/main',
      commit: 'a'.repeat(40),
      matched: true,
      verified: true,
      reason: 'push to refs/heads/main',
      ...outcome,
    },
    verdicts: [],
    processedAt: 1_767_225_601_000,
    ...changes,
  };
}
