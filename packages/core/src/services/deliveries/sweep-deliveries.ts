import { inject, injectable } from 'tsyringe';
import type { ReapedAmount } from '../../domain/retention/reaper-report.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { DeliveryRepository } from '../ports/delivery-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { dayMs } from '../retention/day.js';
import type { Reapable, ReaperRun } from '../retention/reapable.js';
import { Tally } from '../retention/tally.js';
import { Tokens } from '../tokens.js';

/** A call; in between others get their turn at the database. */
const pieceSize = 500;
/** Whoever can reach the server can send what nobody signed: it may take this much of the disk and pushes out its like. */
const unverifiedLimitBytes = 256 * 1024 * 1024;
/** Unverified bytes after which it is looked whether they are too many. */
const checkEveryBytes = 16 * 1024 * 1024;
/** What a delivery takes besides its body, and each of its verdicts, roughly. */
const rowBytes = 4096;
const verdictBytes = 256;

/** Removes deliveries that have been kept for long enough. */
@injectable()
export class SweepDeliveries implements Reapable {
  readonly kind = 'deliveries';
  readonly #logger: Logger;
  #unverifiedBytes = 0;

  constructor(
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.deliveries');
  }

  /** Call it for each unverified delivery, so that many of them cannot fill the disk before the next run of the reaper. */
  async noteUnverified(bodyBytes: number, verdicts: number): Promise<void> {
    this.#unverifiedBytes += bodyBytes + rowBytes + verdicts * verdictBytes;
    if (this.#unverifiedBytes < checkEveryBytes) return;
    this.#unverifiedBytes = 0;
    await this.#trim();
  }

  async reap({ dryRun, now, signal }: ReaperRun): Promise<ReapedAmount> {
    const { deliveriesDays, unmatchedDeliveriesDays } = this.configuration.settings.retention;
    const than = { verified: now - deliveriesDays * dayMs, unverified: now - unmatchedDeliveriesDays * dayMs };
    if (dryRun) return this.deliveries.measureOlder(than);
    const tally = new Tally();
    for (let piece = pieceSize; piece === pieceSize && !signal.aborted;) {
      const removed = await this.deliveries.removeOlder(than, pieceSize);
      tally.addAll(removed);
      piece = removed.count;
    }
    await this.#trim();
    return tally.amount();
  }

  async #trim(): Promise<void> {
    const removed = await this.deliveries.trimUnverified(unverifiedLimitBytes);
    if (removed > 0) {
      this.#logger.warn('removed the oldest unverified deliveries, because they took too much room', { removed });
    }
  }
}
