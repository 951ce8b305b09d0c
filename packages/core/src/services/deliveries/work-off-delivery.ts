import { type DanubeError, isDanubeError } from '@danube/plugin-api';
import PQueue from 'p-queue';
import { inject, injectable } from 'tsyringe';
import type { Delivery, DeliveryOutcome } from '../../domain/delivery/delivery.js';
import type { Clock } from '../ports/clock.js';
import type { DeliveryEnd, DeliveryRepository } from '../ports/delivery-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { Tokens } from '../tokens.js';
import type { DecideDelivery } from './decide-delivery.js';
import { outcomeOf, shownReason, verdictOf, type DeliveryReading } from './delivery-reading.js';
import type { JobStart, SettleDelivery } from './settle-delivery.js';
import { whileUnavailable } from './while-unavailable.js';

interface NextAttempt {
  readonly attempts: number;
  readonly at: number;
  readonly reason: string;
}

type End = Pick<DeliveryEnd, 'status' | 'outcome' | 'verdicts'>;

/** Waits before the second, third … attempt. After the last, what is still unknown is refused. */
const retryDelaysMs = [2_000, 10_000, 60_000, 300_000];
const longestDelayMs = Math.max(...retryDelaysMs);
/** Questions to git are few at once; what needs none waits for the database only, which takes them together. */
const atOnce = 32;

/** Takes one delivery to its end, over as many attempts as it needs. */
@injectable()
export class WorkOffDelivery {
  readonly #logger: Logger;
  /** Attempts, not deliveries: one that waits for its next attempt keeps nobody. */
  readonly #attempts = new PQueue({ concurrency: atOnce });

  constructor(
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.DecideDelivery) private readonly decide: DecideDelivery,
    @inject(Tokens.SettleDelivery) private readonly settle: SettleDelivery,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.deliveries');
  }

  /** Never throws. Aborting leaves the delivery as it is for the next life of the server. */
  async execute(delivery: Delivery, reading: DeliveryReading, stopping: AbortSignal): Promise<void> {
    // one of its own, because thousands that listen to the same signal look like a leak to node
    const signal = AbortSignal.any([stopping]);
    let { attempts, nextAttemptAt } = delivery;
    while (!signal.aborted) {
      await this.#until(nextAttemptAt, signal);
      const failure = await this.#attempts.add(() => this.#attempt(delivery, reading, attempts, signal));
      if (failure === undefined) return;
      nextAttemptAt = this.clock.now() + (retryDelaysMs[attempts] ?? 0);
      attempts += 1;
      await this.#postpone(delivery, { attempts, at: nextAttemptAt, reason: shownReason(failure.message) }, signal);
    }
  }

  /** So that a restart does not begin anew, and for whoever looks: that it could not be stored is no reason to give up. */
  async #postpone(delivery: Delivery, next: NextAttempt, signal: AbortSignal): Promise<void> {
    const write = (): Promise<void> => this.deliveries.postpone(delivery.id, next.attempts, next.at, next.reason);
    await this.#persist(delivery, write, signal).catch(() => undefined);
  }

  /** Why it is to be tried again; undefined where it is not. */
  async #attempt(
    delivery: Delivery,
    reading: DeliveryReading,
    attempts: number,
    signal: AbortSignal,
  ): Promise<DanubeError | undefined> {
    if (signal.aborted) return undefined;
    if (reading.kind === 'end') {
      await this.#settle(delivery, reading.end, [], signal);
      return undefined;
    }
    const { event, pipelines, outcome, verdicts } = reading;
    try {
      const last = attempts >= retryDelaysMs.length;
      const decision = await this.decide.execute(delivery.id, event, pipelines, last, signal);
      const end: End = { status: 'processed', outcome, verdicts: [...verdicts, ...decision.verdicts] };
      await this.#settle(delivery, end, decision.starts, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      const fields = { delivery_id: delivery.id, attempts: attempts + 1, err: error };
      this.#logger.warn('a delivery could not be worked on', fields);
      if (isDanubeError(error) && error.retryable) return error;
      await this.#settle(delivery, brokenOff(delivery.id, reading, error), [], signal);
    }
    return undefined;
  }

  /** Where the end cannot be stored for good, at least that is. */
  async #settle(delivery: Delivery, end: End, starts: readonly JobStart[], signal: AbortSignal): Promise<void> {
    try {
      await this.#persist(delivery, () => this.settle.execute(delivery, end, starts), signal);
    } catch (error) {
      if (signal.aborted) return;
      this.#logger.error('the outcome of a delivery could not be stored', { delivery_id: delivery.id, err: error });
      const failed = failedEnd(end.outcome, 'its outcome could not be stored', error);
      await this.#persist(delivery, () => this.settle.execute(delivery, failed), signal).catch(() => undefined);
    }
  }

  /** Repeats what the database refuses for a time only. */
  #persist(delivery: Delivery, write: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const warn = (err: Error): void =>
      this.#logger.warn('the work on a delivery could not be stored; will try again', {
        delivery_id: delivery.id,
        err,
      });
    return whileUnavailable(write, warn, signal);
  }

  async #until(at: number, signal: AbortSignal): Promise<void> {
    // a clock that was set back must not make this long
    const ms = Math.min(at - this.clock.now(), longestDelayMs);
    if (ms <= 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const stop = (): void => {
        alarm.cancel();
        resolve();
      };
      const alarm = this.clock.callAfter(ms, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}

type EventReading = Extract<DeliveryReading, { kind: 'event' }>;

function brokenOff(id: string, { outcome, pipelines, verdicts }: EventReading, error: unknown): End {
  const end = failedEnd(outcome, 'the work on it broke off', error);
  const rejected = pipelines.map((pipeline) => verdictOf(id, pipeline, 'rejected', end.outcome.reason));
  return { ...end, verdicts: [...verdicts, ...rejected] };
}

function failedEnd(outcome: DeliveryOutcome, what: string, error: unknown): End {
  const why = isDanubeError(error) ? error.message : 'the log of the server says why';
  return { status: 'failed', outcome: outcomeOf({ ...outcome, reason: `${what}: ${why}` }), verdicts: [] };
}
