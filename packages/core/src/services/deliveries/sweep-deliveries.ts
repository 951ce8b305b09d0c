import { inject, injectable } from 'tsyringe';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { Clock } from '../ports/clock.js';
import type { DeliveryRepository } from '../ports/delivery-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { Tokens } from '../tokens.js';

const dayMs = 86_400_000;
/** A call; in between others get their turn at the database. */
const pieceSize = 500;
/** Whoever can reach the server can send what nobody signed: it may take this much of the disk and pushes out its like. */
const unverifiedLimitBytes = 256 * 1024 * 1024;
/** Unverified bytes after which it is looked whether they are too many. */
const checkEveryBytes = 16 * 1024 * 1024;
/** What a delivery takes besides its body, roughly. */
const rowBytes = 4096;

/** Removes deliveries that have been kept for long enough. */
@injectable()
export class SweepDeliveries {
  readonly #logger: Logger;
  #alarm: { cancel(): void } | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #unverifiedBytes = 0;

  constructor(
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.deliveries');
  }

  /** Sweeps now and each day from now on. */
  start(): void {
    this.#running = this.#sweep();
    this.#alarm = this.clock.callAfter(dayMs, () => this.start());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm?.cancel();
    await this.#running;
  }

  /** Call it for each unverified delivery, so that many of them cannot fill the disk before the next sweep. */
  async noteUnverified(bodyBytes: number): Promise<void> {
    this.#unverifiedBytes += bodyBytes + rowBytes;
    if (this.#unverifiedBytes < checkEveryBytes) return;
    this.#unverifiedBytes = 0;
    await this.#trim();
  }

  async #sweep(): Promise<void> {
    try {
      const { deliveriesDays, unmatchedDeliveriesDays } = this.configuration.settings.retention;
      const now = this.clock.now();
      const than = { verified: now - deliveriesDays * dayMs, unverified: now - unmatchedDeliveriesDays * dayMs };
      let removed = 0;
      for (let piece = pieceSize; piece === pieceSize && !this.#stopped; removed += piece) {
        piece = await this.deliveries.removeOlder(than, pieceSize);
      }
      if (removed > 0) this.#logger.info('removed old deliveries', { removed });
      await this.#trim();
    } catch (error) {
      this.#logger.error('could not remove old deliveries; tomorrow will', { err: error });
    }
  }

  async #trim(): Promise<void> {
    const removed = await this.deliveries.trimUnverified(unverifiedLimitBytes);
    if (removed > 0) {
      this.#logger.warn('removed the oldest unverified deliveries, because they took too much room', { removed });
    }
  }
}
