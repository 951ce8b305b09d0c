import type { PipelineDraft } from '../../domain/config/config-document.js';
import { parseDuration } from '../../domain/time/duration.js';
import { pipelineDefaults, type PipelineYaml } from './schemas/pipeline-spec.js';
import { toPodRequest } from './to-kubernetes.js';
import { toTrigger } from './to-trigger.js';

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
      cloneDepth: spec.clone_depth ?? pipelineDefaults.cloneDepth,
      webhookSecret: spec.webhook_secret,
      env: spec.env ?? {},
      network: spec.network ?? true,
      image: spec.image,
      kubernetes: spec.kubernetes === undefined ? undefined : toPodRequest(spec.kubernetes),
      permissions: spec.permissions ?? [],
    },
  };
}
