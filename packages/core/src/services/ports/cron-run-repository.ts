import type { CronRun, ScheduledTrigger } from '../../domain/cron/cron-run.js';

/** Schedules in force and how far they have come. They go with their pipeline. */
export interface CronRunRepository {
  /** Every cron trigger in force: of the configuration, or else of the pipeline file where the pipeline still is. */
  listScheduled(): Promise<readonly ScheduledTrigger[]>;
  find(pipelineId: string, schedule: string): Promise<CronRun | undefined>;
  listByPipelines(pipelineIds: readonly string[]): Promise<readonly CronRun[]>;
  /** Inserts or replaces; joins the transaction that makes the job. Does nothing for pipelines that have been removed. */
  save(runs: readonly CronRun[]): Promise<void>;
  /** Forgets schedules that are no longer in force, so that they begin anew when they come back. */
  removeUnscheduled(): Promise<void>;
}
