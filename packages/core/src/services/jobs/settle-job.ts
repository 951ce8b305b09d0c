import { inject, injectable } from 'tsyringe';
import { formatDuration } from '../../domain/time/format-duration.js';
import type { Job } from '../../domain/job/job.js';
import { isFinal } from '../../domain/job/job-status.js';
import type { Clock } from '../ports/clock.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { JobRuntime } from '../ports/job-runtime.js';
import type { JobTokenRepository } from '../ports/job-token-repository.js';
import type { JobLogWriter } from '../ports/log-store.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { StepRepository } from '../ports/step-repository.js';
import { Tokens } from '../tokens.js';
import type { JobSecrets } from '../secrets/job-secrets.js';
import type { WriteProvenance } from '../provenance/write-provenance.js';
import type { ActiveJob } from './active-job.js';
import { followOutput } from './follow-output.js';
import { coordinatorName, type JobLogs } from './job-logs.js';

const graceMs = 10_000;

/**
 * What remains to be done once a job's final status stands: end its processes, take the rest of their output into the
 * log, complete the log, write the provenance, and only then clean up. Every part may be repeated after a crash.
 */
@injectable()
export class SettleJob {
  readonly #logger: Logger;
  readonly #stopping = new Map<string, Promise<void>>();

  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.StepRepository) private readonly steps: StepRepository,
    @inject(Tokens.JobTokenRepository) private readonly tokens: JobTokenRepository,
    @inject(Tokens.JobSecrets) private readonly secrets: JobSecrets,
    @inject(Tokens.WriteProvenance) private readonly writeProvenance: WriteProvenance,
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
    @inject(Tokens.JobLogs) private readonly logs: JobLogs,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.jobs');
  }

  async stopProcesses(jobId: string): Promise<void> {
    try {
      await this.#stop(jobId);
    } catch (error) {
      this.#logger.error('could not stop a job', { job_id: jobId, err: error });
    }
  }

  /** `active` is absent for a job that an earlier life of the master ended but did not settle. */
  async execute(jobId: string, log: JobLogWriter, active: ActiveJob | undefined): Promise<void> {
    await this.#stop(jobId);
    if (active === undefined) await this.#follow(jobId, 0, coordinatorName, log);
    else await Promise.allSettled([...active.steps.values()].map(({ ended }) => ended));
    await this.#followUnfinishedSteps(jobId, log);

    const job = await this.jobs.findById(jobId);
    if (job !== undefined && isFinal(job.status)) await this.#conclude(job, log);
    await log.close();
    if (job !== undefined) await this.writeProvenance.execute(job, active?.detached ?? new AbortController().signal);
    await this.tokens.removeByJob(jobId);
    await this.secrets.clear(jobId);
    await this.runtime.cleanUp(jobId);
  }

  /** For a job of which nothing runs: whoever reads its log learns why. */
  async unstarted(jobId: string): Promise<void> {
    await this.execute(jobId, await this.logs.open(jobId), undefined);
  }

  /** The end of a job is seen from two sides, and many programs give up what they put away when they are told twice. */
  #stop(jobId: string): Promise<void> {
    const stopping =
      this.#stopping.get(jobId) ?? this.runtime.stopJob(jobId, graceMs).finally(() => this.#stopping.delete(jobId));
    this.#stopping.set(jobId, stopping);
    return stopping;
  }

  /** Steps that a crash kept from being followed to their end, also one that was started and not yet marked so. */
  async #followUnfinishedSteps(jobId: string, log: JobLogWriter): Promise<void> {
    for (const { sequence, name, finishedAt } of await this.steps.listByJob(jobId)) {
      if (finishedAt === undefined) await this.#follow(jobId, sequence, name, log);
    }
  }

  async #follow(jobId: string, sequence: number, name: string, log: JobLogWriter): Promise<void> {
    await followOutput(this.runtime, log, { jobId, sequence }, name, new AbortController().signal);
  }

  async #conclude(job: Job, log: JobLogWriter): Promise<void> {
    const stepStatus = job.status === 'timeout' ? 'timeout' : 'cancelled';
    await this.steps.endAll(job.id, stepStatus, 'the job had ended', this.clock.now());
    const took = formatDuration((job.finishedAt ?? 0) - (job.startedAt ?? job.createdAt));
    await log.remark('end', `${job.status} after ${took}${job.reason === undefined ? '' : `: ${job.reason}`}`);
  }
}
