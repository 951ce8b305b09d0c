import type { Static } from 'typebox';
import type { Job } from '../../../domain/job/job.js';
import type { PathFilter, Pipeline, PipelineTrigger } from '../../../domain/pipeline/pipeline.js';
import type { PipelineDetailSchema, PipelineSchema } from '../schemas/pipeline.js';
import type { DescribedTriggers } from '../../../services/triggers/describe-triggers.js';
import { isoTime, optionalIsoTime } from './iso-time.js';
import { jobView, recentJobView } from './job-view.js';

/** What is known of a pipeline besides its configuration. */
export interface PipelineFacts {
  /** Newest first. */
  readonly recentJobs: readonly Job[];
  readonly described: DescribedTriggers;
}

export function pipelineView(
  { id, name, spec }: Pipeline,
  { recentJobs, described }: PipelineFacts,
): Static<typeof PipelineSchema> {
  const [lastJob] = recentJobs;
  const nextRuns = described.schedules.flatMap(({ nextRuns: [next] }) => next ?? []);
  return {
    id,
    name,
    team: spec.team,
    description: spec.description,
    repository: spec.repository,
    branch: spec.branch,
    last_job: lastJob && jobView(lastJob),
    recent_jobs: recentJobs.map(recentJobView),
    next_run_at: optionalIsoTime(nextRuns.length === 0 ? undefined : Math.min(...nextRuns)),
  };
}

export function pipelineDetailView(pipeline: Pipeline, facts: PipelineFacts): Static<typeof PipelineDetailSchema> {
  const { spec } = pipeline;
  const { described } = facts;
  return {
    ...pipelineView(pipeline, facts),
    file: spec.file,
    triggers: described.triggers?.map(triggerView),
    trigger_origin: {
      kind: described.origin,
      commit: described.commit,
      problems: described.problems.map((problem) => ({ file: spec.file, ...problem })),
      failure: described.failure,
    },
    schedules: described.schedules.map(({ schedule, nextRuns, lastRun }) => ({
      schedule,
      next_runs: nextRuns.map(isoTime),
      last_outcome: lastRun?.lastOutcome,
      last_job_id: lastRun?.lastJobId,
    })),
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
      return { type: trigger.type, branches: [...trigger.branches], tags: [...trigger.tags], ...pathsView(trigger) };
    case 'pull_request':
      return { type: trigger.type, branches: [...trigger.branches], forks: trigger.forks, ...pathsView(trigger) };
    case 'cron':
      return {
        type: trigger.type,
        schedule: trigger.schedule,
        catch_up: trigger.catchUp,
        skip_if_running: trigger.skipIfRunning,
      };
    case 'manual':
      return { type: trigger.type };
  }
}

/** Without filters that filter nothing. */
function pathsView({ paths, pathsIgnore }: PathFilter): Pick<TriggerView, 'paths' | 'paths_ignore'> {
  return {
    ...(paths.length > 0 && { paths: [...paths] }),
    ...(pathsIgnore.length > 0 && { paths_ignore: [...pathsIgnore] }),
  };
}
