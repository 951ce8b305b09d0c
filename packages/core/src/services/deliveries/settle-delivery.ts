import { inject, injectable } from 'tsyringe';
import type { Delivery, Verdict } from '../../domain/delivery/delivery.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { EnqueueJob, EnqueuedJob, JobRequest } from '../jobs/enqueue-job.js';
import type { Clock } from '../ports/clock.js';
import type { DeliveryEnd, DeliveryRepository } from '../ports/delivery-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { RequestContext } from '../ports/request-context.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';
import type { DeliveryBacklog } from './delivery-backlog.js';
import { verdictOf } from './delivery-reading.js';
import { GroupedWrites } from './grouped-writes.js';
import type { SweepDeliveries } from './sweep-deliveries.js';

export interface JobStart {
  readonly pipeline: Pipeline;
  readonly request: JobRequest;
  readonly reason: string;
}

type UntimedEnd = Pick<DeliveryEnd, 'status' | 'outcome' | 'verdicts'>;

interface Settlement {
  readonly delivery: Delivery;
  readonly end: UntimedEnd;
  readonly starts: readonly JobStart[];
}

interface Settled {
  readonly enqueued: readonly EnqueuedJob[];
  /** All of them, those about jobs too. */
  readonly verdicts: readonly Verdict[];
}

const grouping = { size: 20, spacingMs: 50 };
/** Jobs may come with each. Those who wait for the only writer meanwhile, such as new deliveries, do not wait for long. */
const longestTurnMs = 10;

/** Ends the work on a delivery: its jobs, its verdicts and its end are stored together or not at all. */
@injectable()
export class SettleDelivery {
  readonly #logger: Logger;
  readonly #writes: GroupedWrites<Settlement, Settled>;

  constructor(
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.EnqueueJob) private readonly enqueueJob: EnqueueJob,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.DeliveryBacklog) private readonly backlog: DeliveryBacklog,
    @inject(Tokens.SweepDeliveries) private readonly sweep: SweepDeliveries,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.RequestContext) context: RequestContext,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#writes = new GroupedWrites((group) => this.#write(group), grouping, context);
    this.#logger = loggers.forTarget('danube.deliveries');
  }

  /** Needs nothing but the database. Nothing has happened where it throws. */
  async execute(delivery: Delivery, end: UntimedEnd, starts: readonly JobStart[] = []): Promise<void> {
    const settled = await this.#writes.add({ delivery, end, starts });
    this.backlog.remove(delivery.bodyBytes);
    this.#report(delivery, end, settled.verdicts);
    await this.#follow(delivery, settled, end.outcome.verified);
  }

  /** One transaction, for as many of them as its time allows. */
  #write(settlements: readonly Settlement[]): Promise<readonly Settled[]> {
    return this.unitOfWork.run(async () => {
      const settled: Settled[] = [];
      const endsAt = performance.now() + longestTurnMs;
      for (const settlement of settlements) {
        settled.push(await this.#insertJobs(settlement));
        if (performance.now() > endsAt) break;
      }
      const processedAt = this.clock.now();
      await this.deliveries.finish(
        settlements.slice(0, settled.length).map(({ delivery, end }, index) => ({
          ...end,
          id: delivery.id,
          verdicts: settled[index]?.verdicts ?? [],
          processedAt,
        })),
      );
      return settled;
    });
  }

  async #insertJobs({ delivery, end, starts }: Settlement): Promise<Settled> {
    const enqueued: EnqueuedJob[] = [];
    const verdicts = [...end.verdicts];
    for (const { pipeline, request, reason } of starts) {
      const one = await this.enqueueJob.insert(pipeline, request);
      enqueued.push(one);
      verdicts.push(verdictOfJob(delivery.id, pipeline, one, reason));
    }
    return { enqueued, verdicts };
  }

  /** What comes after the commit: a failure here must not look as if nothing had happened. */
  async #follow(delivery: Delivery, { enqueued, verdicts }: Settled, verified: boolean): Promise<void> {
    try {
      await this.enqueueJob.release(enqueued);
      if (!verified) await this.sweep.noteUnverified(delivery.bodyBytes, verdicts.length);
    } catch (error) {
      this.#logger.error('what follows from a delivery failed', { delivery_id: delivery.id, err: error });
    }
  }

  #report(delivery: Delivery, { status, outcome }: UntimedEnd, verdicts: readonly Verdict[]): void {
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
