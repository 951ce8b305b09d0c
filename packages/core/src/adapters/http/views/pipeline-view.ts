import type { Static } from 'typebox';
import type { Job } from '../../../domain/job/job.js';
import type { Pipeline, PipelineTrigger } from '../../../domain/pipeline/pipeline.js';
import type { PipelineDetailSchema, PipelineSchema } from '../schemas/pipeline.js';
import { jobView } from './job-view.js';

export function pipelineView({ id, name, spec }: Pipeline, lastJob: Job | undefined): Static<typeof PipelineSchema> {
  return {
    id,
    name,
    team: spec.team,
    description: spec.description,
    repository: spec.repository,
    branch: spec.branch,
    last_job: lastJob && jobView(lastJob),
  };
}

export function pipelineDetailView(pipeline: Pipeline, lastJob: Job | undefined): Static<typeof PipelineDetailSchema> {
  const { spec } = pipeline;
  return {
    ...pipelineView(pipeline, lastJob),
    file: spec.file,
    triggers: spec.triggers?.map(triggerView),
    timeout_seconds: spec.timeoutMs / 1000,
    timeout_action: spec.timeoutAction,
    concurrency: spec.concurrency,
    max_concurrent_jobs: spec.maxConcurrentJobs,
    max_concurrent_steps: spec.maxConcurrentSteps,
    clone_submodules: spec.cloneSubmodules,
    image: spec.image,
    env: spec.env,
    permissions: [...spec.permissions],
    origin: pipeline.origin,
  };
}

type TriggerView = NonNullable<Static<typeof PipelineDetailSchema>['triggers']>[number];

function triggerView(trigger: PipelineTrigger): TriggerView {
  switch (trigger.type) {
    case 'push':
      return { type: trigger.type, branches: [...trigger.branches], tags: [...trigger.tags] };
    case 'pull_request':
      return { type: trigger.type, branches: [...trigger.branches] };
    case 'cron':
      return { type: trigger.type, schedule: trigger.schedule };
    case 'manual':
      return { type: trigger.type };
  }
}
