import { inject, injectable } from 'tsyringe';
import { formatDuration } from '../../domain/time/format-duration.js';
import type { TimeoutAction } from '../../domain/pipeline/pipeline.js';
import type { Clock } from '../ports/clock.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { Tokens } from '../tokens.js';
import type { ActiveJob } from './active-job.js';
import type { FinishJob } from './finish-job.js';

/** Holds running jobs to their deadlines, which are absolute times in the database: a restart does not reset them. */
@injectable()
export class JobDeadlines {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.FinishJob) private readonly finishJob: FinishJob,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.jobs');
  }

  /** Answers what disarms it. A deadline that has passed already acts at once. */
  arm(active: ActiveJob, action: TimeoutAction): () => void {
    const { deadlineAt } = active.job;
    if (deadlineAt === undefined) return () => undefined;
    const timer = this.clock.callAt(deadlineAt, () => {
      this.#pass(active, action).catch((error: unknown) => {
        this.#logger.error('could not act on a deadline', { job_id: active.job.id, err: error });
      });
    });
    return () => timer.cancel();
  }

  async #pass(active: ActiveJob, action: TimeoutAction): Promise<void> {
    const { id, pipelineId, scheduledAt, deadlineAt } = active.job;
    const allowed = formatDuration((deadlineAt ?? 0) - (scheduledAt ?? 0));
    const reason = `timeout: it may take ${allowed}`;
    this.metrics.count('danube_job_timeouts_total', { pipeline: pipelineId });
    if (action === 'warn') {
      this.#logger.warn('job is over its timeout and goes on, as its pipeline says', {
        job_id: id,
        pipeline_id: pipelineId,
      });
      await active.log.remark('timeout', `${reason}; it goes on because timeout_action is "warn"`);
    } else if ((await this.finishJob.execute(id, 'timeout', reason)) !== undefined) {
      active.end();
    }
  }
}
