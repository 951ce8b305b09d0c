import { inject, injectable } from 'tsyringe';
import type { Delivery, Verdict } from '../../domain/delivery/delivery.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { EnqueueJob, EnqueuedJob, JobRequest } from '../jobs/enqueue-job.js';
import type { Clock } from '../ports/clock.js';
import type { DeliveryEnd, DeliveryRepository } from '../ports/delivery-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';
import type { DeliveryBacklog } from './delivery-backlog.js';
import { verdictOf } from './delivery-reading.js';
import type { SweepDeliveries } from './sweep-deliveries.js';

export interface JobStart {
  readonly pipeline: Pipeline;
  readonly request: JobRequest;
  readonly reason: string;
}

/** Ends the work on a delivery: its jobs, its verdicts and its end are stored together or not at all. */
@injectable()
export class SettleDelivery {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.EnqueueJob) private readonly enqueueJob: EnqueueJob,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.DeliveryBacklog) private readonly backlog: DeliveryBacklog,
    @inject(Tokens.SweepDeliveries) private readonly sweep: SweepDeliveries,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.deliveries');
  }

  /** Needs nothing but the database. Nothing has happened where it throws. */
  async execute(
    delivery: Delivery,
    end: Omit<DeliveryEnd, 'processedAt'>,
    starts: readonly JobStart[] = [],
  ): Promise<void> {
    const { enqueued, verdicts } = await this.unitOfWork.run(async () => {
      const enqueued: EnqueuedJob[] = [];
      const verdicts = [...end.verdicts];
      for (const { pipeline, request, reason } of starts) {
        const one = await this.enqueueJob.insert(pipeline, request);
        enqueued.push(one);
        verdicts.push(verdictOfJob(delivery.id, pipeline, one, reason));
      }
      await this.deliveries.finish(delivery.id, { ...end, verdicts, processedAt: this.clock.now() });
      return { enqueued, verdicts };
    });
    this.backlog.remove(delivery.bodyBytes);
    this.#report(delivery, end, verdicts);
    await this.#follow(delivery, enqueued, end.outcome.verified);
  }

  /** What comes after the commit: a failure here must not look as if nothing had happened. */
  async #follow(delivery: Delivery, enqueued: readonly EnqueuedJob[], verified: boolean): Promise<void> {
    try {
      await this.enqueueJob.release(enqueued);
      if (!verified) await this.sweep.noteUnverified(delivery.bodyBytes);
    } catch (error) {
      this.#logger.error('what follows from a delivery failed', { delivery_id: delivery.id, err: error });
    }
  }

  #report(
    delivery: Delivery,
    { status, outcome }: Omit<DeliveryEnd, 'processedAt'>,
    verdicts: readonly Verdict[],
  ): void {
    const { id, forge, source } = delivery;
    if (source === 'webhook') {
      this.metrics.count('danube_webhook_requests_total', { forge, matched: String(outcome.matched) });
    }
    const fields = { delivery_id: id, forge, repository: outcome.repository, reason: outcome.reason };
    if (status === 'failed') this.#logger.error('a delivery could not be worked on', fields);
    else if (outcome.event === 'unverified') this.#logger.warn('a delivery was not signed for any pipeline', fields);
    else if (!outcome.matched) this.#logger.info('a delivery is for no pipeline', fields);
    for (const { pipelineId, outcome, reason, jobId } of verdicts) {
      this.#logger.debug('verdict', { delivery_id: id, pipeline: pipelineId, outcome, reason, job_id: jobId });
    }
  }
}

function verdictOfJob(
  deliveryId: string,
  pipeline: Pipeline,
  { job, duplicate }: EnqueuedJob,
  reason: string,
): Verdict {
  return duplicate
    ? verdictOf(deliveryId, pipeline, 'duplicate', `duplicate of job ${job.id} (#${job.number})`, job.id)
    : verdictOf(deliveryId, pipeline, 'triggered', reason, job.id);
}
