import { isDanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { CronRun } from '../../domain/cron/cron-run.js';
import type { DueRun } from '../../domain/cron/schedule-index.js';
import { isFromWrongClock } from '../../domain/cron/wrong-clock.js';
import { unfinishedJobStatuses } from '../../domain/job/job-status.js';
import type { JobSource } from '../../domain/job/job.js';
import { shortRef } from '../../domain/job/short-ref.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { FindRepositoryAccess } from '../git/find-repository-access.js';
import type { EnqueuedJob, EnqueueJob } from '../jobs/enqueue-job.js';
import type { Clock } from '../ports/clock.js';
import type { CronRunRepository } from '../ports/cron-run-repository.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { SourceCheckout } from '../ports/source-checkout.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';

/** A run that begins so late still counts as on time, where those that were missed are not made up for. */
const graceMs = 90_000;
const resolveMs = 120_000;

/** Deals with one run of a schedule: at most one job for it, whatever is killed when. */
@injectable()
export class StartScheduledJob {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.CronRunRepository) private readonly cronRuns: CronRunRepository,
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.SourceCheckout) private readonly checkout: SourceCheckout,
    @inject(Tokens.FindRepositoryAccess) private readonly findAccess: FindRepositoryAccess,
    @inject(Tokens.EnqueueJob) private readonly enqueueJob: EnqueueJob,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.cron');
  }

  /**
   * Answers whether the run is dealt with: by a job, or by a stored reason why there is none. False where the repository cannot
   * be reached; the reason is stored and the run remains due.
   */
  async execute(run: DueRun, signal: AbortSignal): Promise<boolean> {
    const pipeline = await this.pipelines.findById(run.pipelineId);
    if (pipeline === undefined) return true;
    const now = this.clock.now();
    if (run.trigger.catchUp === 'none' && now - run.dueAt > graceMs) {
      await this.#settle(run, (stored) => missed(stored.lastOutcome, run.dueAt));
      return true;
    }
    const source = await this.#resolve(pipeline, signal);
    if (typeof source === 'string') return this.#postpone(run, source);
    const enqueued = await this.#enqueue(pipeline, run, source);
    if (enqueued === undefined) return true;
    if (!enqueued.duplicate) this.metrics.count('danube_cron_triggers_total', { pipeline: pipeline.name });
    await this.enqueueJob.release([enqueued]);
    return true;
  }

  /** The job and the record of the run are one transaction, so that neither can be without the other. */
  #enqueue(pipeline: Pipeline, run: DueRun, source: JobSource): Promise<EnqueuedJob | undefined> {
    return this.unitOfWork.run(async () => {
      const stored = await this.#findOpen(run);
      if (stored === undefined) return undefined;
      const settled = { ...stored, lastDueAt: run.dueAt };
      const busy = run.trigger.skipIfRunning ? await this.#findUnfinished(run.pipelineId) : undefined;
      if (busy !== undefined) {
        await this.cronRuns.save([{ ...settled, lastOutcome: `skipped: job #${busy.number} has not ended` }]);
        return undefined;
      }
      const enqueued = await this.enqueueJob.insert(pipeline, {
        trigger: { type: 'cron', ref: run.trigger.schedule, actor: 'cron' },
        source,
        pullRequest: undefined,
        withSecrets: true,
        env: {},
      });
      const { job, duplicate } = enqueued;
      const lastOutcome = duplicate
        ? `skipped: job #${job.number} of the same commit has not ended`
        : `started job #${job.number}`;
      await this.cronRuns.save([{ ...settled, lastJobId: duplicate ? stored.lastJobId : job.id, lastOutcome }]);
      return enqueued;
    });
  }

  /** The stored state of the schedule, unless the run is dealt with or the schedule has gone. */
  async #findOpen({ pipelineId, trigger, dueAt }: DueRun): Promise<CronRun | undefined> {
    const stored = await this.cronRuns.find(pipelineId, trigger.schedule);
    if (stored === undefined) return undefined;
    return stored.lastDueAt < dueAt || isFromWrongClock(stored.lastDueAt, this.clock.now()) ? stored : undefined;
  }

  async #findUnfinished(pipelineId: string) {
    const filter = { pipelineId, triggerType: 'cron', statuses: unfinishedJobStatuses } as const;
    return (await this.jobs.list(filter, { limit: 1 })).items[0];
  }

  async #resolve({ spec }: Pipeline, signal: AbortSignal): Promise<JobSource | string> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(resolveMs)]);
    try {
      const access = await this.findAccess.execute(spec.repository, limited);
      const { ref, commit } = await this.checkout.resolve(spec.repository, spec.branch, access, limited);
      return { repositoryUrl: spec.repository, ref, branch: shortRef(ref), commit };
    } catch (error) {
      signal.throwIfAborted();
      if (isDanubeError(error)) return error.message;
      if (limited.aborted) return `the repository did not answer within ${resolveMs / 1000} s`;
      throw error;
    }
  }

  async #postpone(run: DueRun, reason: string): Promise<boolean> {
    const lastOutcome = `due since ${time(run.dueAt)}, tried again each minute: ${reason}`;
    await this.unitOfWork.run(async () => {
      const stored = await this.#findOpen(run);
      if (stored === undefined || stored.lastOutcome === lastOutcome) return;
      await this.cronRuns.save([{ ...stored, lastOutcome }]);
      const fields = { pipeline: run.pipelineId, schedule: run.trigger.schedule, reason };
      this.#logger.warn('a scheduled job cannot be started yet', fields);
    });
    return false;
  }

  #settle(run: DueRun, outcome: (stored: CronRun) => string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const stored = await this.#findOpen(run);
      if (stored === undefined) return;
      await this.cronRuns.save([{ ...stored, lastDueAt: run.dueAt, lastOutcome: outcome(stored) }]);
    });
  }
}

function missed(lastOutcome: string, dueAt: number): string {
  const why = /, tried again each minute: (.*)$/s.exec(lastOutcome)?.[1] ?? 'the server was not running';
  return `missed the run of ${time(dueAt)}: ${why}`;
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
