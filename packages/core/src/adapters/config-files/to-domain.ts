import type { Team } from '../../domain/access/team.js';
import type { User } from '../../domain/access/user.js';
import type { PipelineDraft } from '../../domain/config/config-document.js';
import type { InstanceSettings } from '../../domain/config/configuration.js';
import { defaultSettings } from '../../domain/config/default-settings.js';
import type { PipelineTrigger } from '../../domain/pipeline/pipeline.js';
import { parseDuration } from '../../domain/time/duration.js';
import type { TeamSpec, UserSpec } from './schemas/access-specs.js';
import type { ConfigSpec } from './schemas/config-spec.js';
import { pipelineDefaults, type PipelineYaml } from './schemas/pipeline-spec.js';
import type { TriggerSpec } from './schemas/trigger.js';

const everything = ['**'];

export function toSettings(spec: ConfigSpec): InstanceSettings {
  const { jobs, logs, observability, cors, retention } = defaultSettings;
  return {
    jobs: {
      maxConcurrent: spec.jobs?.max_concurrent ?? jobs.maxConcurrent,
      defaultTimeoutMs: parseDuration(spec.jobs?.default_timeout ?? '') ?? jobs.defaultTimeoutMs,
    },
    logs: { maxBytesPerJob: spec.logs?.max_bytes_per_job ?? logs.maxBytesPerJob },
    observability: { otlpEndpoint: spec.observability?.otlp_endpoint ?? observability.otlpEndpoint },
    cors: { origins: spec.cors?.origins ?? cors.origins },
    retention: {
      logsDays: spec.retention?.logs_days ?? retention.logsDays,
      artifactsDays: spec.retention?.artifacts_days ?? retention.artifactsDays,
    },
  };
}

export function toUser(name: string, spec: UserSpec): User {
  return {
    id: name,
    name,
    email: spec.email,
    displayName: spec.display_name,
    passwordHash: spec.password_hash,
    oidcSubject: spec.oidc_subject,
  };
}

export function toTeam(name: string, spec: TeamSpec): Team {
  return {
    id: name,
    name,
    description: spec.description,
    globalAdmin: spec.global_admin ?? false,
    members: spec.members ?? [],
  };
}

function toTrigger(trigger: TriggerSpec): PipelineTrigger {
  switch (trigger.type) {
    case 'push':
      return {
        type: 'push',
        branches: trigger.branches ?? (trigger.tags === undefined ? everything : []),
        tags: trigger.tags ?? [],
      };
    case 'pull_request':
      return { type: 'pull_request', branches: trigger.branches ?? everything };
    case 'cron':
      return { type: 'cron', schedule: trigger.schedule.trim().split(/\s+/).join(' ') };
    case 'manual':
      return { type: 'manual' };
  }
}

export function toPipeline(name: string, spec: PipelineYaml): PipelineDraft {
  return {
    id: name,
    name,
    spec: {
      team: spec.team,
      description: spec.description,
      repository: spec.repository,
      branch: spec.branch ?? pipelineDefaults.branch,
      file: spec.file ?? pipelineDefaults.file,
      triggers: spec.triggers?.map(toTrigger),
      timeoutMs: spec.timeout === undefined ? undefined : parseDuration(spec.timeout),
      timeoutAction: spec.timeout_action ?? pipelineDefaults.timeoutAction,
      concurrency: spec.concurrency ?? pipelineDefaults.concurrency,
      maxConcurrentJobs: spec.max_concurrent_jobs,
      maxConcurrentSteps: spec.max_concurrent_steps ?? pipelineDefaults.maxConcurrentSteps,
      cloneSubmodules: spec.clone_submodules ?? false,
      env: spec.env ?? {},
      image: spec.image,
      permissions: spec.permissions ?? [],
    },
  };
}
