import { isDanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { Clock } from '../ports/clock.js';
import type { DeliveryRepository, DeliveryWithPayload } from '../ports/delivery-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { RequestContext } from '../ports/request-context.js';
import { Tokens } from '../tokens.js';
import type { DeliveryFacts } from './delivery-facts.js';
import type { DeliveryIntake } from './delivery-intake.js';
import { DeliveryLanes } from './delivery-lanes.js';
import { ended, outcomeOf, type DeliveryReading } from './delivery-reading.js';
import type { ReadDelivery } from './read-delivery.js';
import { Spacing } from './spacing.js';
import { whileUnavailable } from './while-unavailable.js';
import type { WorkOffDelivery } from './work-off-delivery.js';

const pieceSize = 100;
/** What is looked up for a piece serves all of it, so that small ones are not worth their trouble. */
const pieceSpacingMs = 100;
const retryMs = 1_000;
/** Read without a break. Then whatever else has come gets its turn. */
const sliceMs = 2;
/** However many come in, so often is a slice worked on. */
const longestWaitMs = 50;
const lookAgainMs = 1;
/** Read and not at their end. Further ones wait in the database. */
const mostInWork = 5_000;

/**
 * Works on stored deliveries. The queue is the table: they are read in the order in which they came, and those about the same
 * ref are worked on in that order too, so that an older push never replaces a newer one.
 */
@injectable()
export class ProcessDeliveries {
  readonly #logger: Logger;
  readonly #lanes = new DeliveryLanes();
  readonly #spacing = new Spacing(pieceSpacingMs);
  readonly #stopping = new AbortController();
  #open = false;
  #again = false;
  #running: Promise<void> | undefined;
  #readUpTo = 0;

  constructor(
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.ReadDelivery) private readonly read: ReadDelivery,
    @inject(Tokens.WorkOffDelivery) private readonly workOff: WorkOffDelivery,
    @inject(Tokens.DeliveryIntake) private readonly intake: DeliveryIntake,
    @inject(Tokens.RequestContext) private readonly context: RequestContext,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.deliveries');
  }

  /** Begins with what an earlier life of the server left; before, {@link wake} does nothing. */
  open(): void {
    this.#open = true;
    this.wake();
  }

  /** What is being worked on goes on after the next start; resolves when nothing of it touches the database any more. */
  async close(): Promise<void> {
    this.#open = false;
    this.#stopping.abort(new Error('the server stops'));
    this.#spacing.cutShort();
    await this.#running;
    await this.#lanes.fewerThan(1);
  }

  /** Call it when deliveries were stored. Cheap and reentrant. */
  wake(): void {
    if (!this.#open) return;
    this.#again = true;
    this.#running ??= this.context
      .leave(() => this.#run())
      .finally(() => {
        this.#running = undefined;
        if (this.#again) this.wake();
      });
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && this.#open) {
        this.#again = false;
        while (await this.#readPiece()) await this.#spacing.passed();
      }
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.#logger.error('could not read the deliveries; will try again', { err: error });
      this.clock.callAfter(retryMs, () => this.wake());
    }
  }

  /** False where nothing was left. */
  async #readPiece(): Promise<boolean> {
    const list = () => this.deliveries.listReceived(this.#readUpTo, pieceSize);
    const { items, last } = await this.#persistently(list);
    if (items.length < pieceSize) this.#spacing.begin();
    const facts = this.read.facts();
    let sliceEnds = 0;
    for (const delivery of items) {
      await this.#lanes.fewerThan(mostInWork);
      if (performance.now() >= sliceEnds) {
        await this.#giveWay();
        sliceEnds = performance.now() + sliceMs;
      }
      this.#startWork(delivery, await this.#persistently(() => this.#read(delivery, facts)));
    }
    this.#readUpTo = last;
    return items.length > 0;
  }

  /** Repeats what the database refuses for a time only. */
  #persistently<T>(work: () => Promise<T>): Promise<T> {
    const warn = (err: Error): void => this.#logger.warn('could not read the deliveries; will try again', { err });
    return whileUnavailable(work, warn, this.#stopping.signal);
  }

  /** Taking in comes before working on: forges wait for an answer, and not for long. */
  async #giveWay(): Promise<void> {
    const waitsUntil = performance.now() + longestWaitMs;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.intake.isWriting && performance.now() < waitsUntil) {
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
  }

  /** A mistake of Danube about one delivery must not keep the others waiting. */
  async #read(delivery: DeliveryWithPayload, facts: DeliveryFacts): Promise<DeliveryReading> {
    try {
      return await this.read.execute(delivery, facts);
    } catch (error) {
      if (isDanubeError(error) && error.retryable) throw error;
      this.#logger.error('a delivery could not be read', { delivery_id: delivery.id, err: error });
      const reason = 'it could not be read; the log of the server says why';
      return ended('failed', outcomeOf({ event: 'unreadable', reason }));
    }
  }

  /** Without the payload, which may be large, once it is read. */
  #startWork({ payload: _read, ...delivery }: DeliveryWithPayload, reading: DeliveryReading): void {
    const lane =
      reading.kind === 'event'
        ? `${delivery.forge} ${reading.event.repository.fullName} ${reading.event.ref}`
        : delivery.id;
    this.#lanes.add(lane, () => this.workOff.execute(delivery, reading, this.#stopping.signal));
  }
}
