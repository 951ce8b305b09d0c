import { inject, injectable } from 'tsyringe';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { Clock } from '../ports/clock.js';
import type { DiskSpace } from '../ports/disk-space.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { Tokens } from '../tokens.js';
import type { Reaper } from './reaper.js';

const hourMs = 3_600_000;
const lookEveryMs = 60_000;

/** Runs the reaper at the start, every few hours, and at once when the disk gets full. */
@injectable()
export class ReaperSchedule {
  readonly #logger: Logger;
  #nextRun: { cancel(): void } | undefined;
  #nextLook: { cancel(): void } | undefined;
  /** One call for each time that the disk gets full, not for each look at a full one. */
  #wasLow = false;
  #stopped = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    @inject(Tokens.Reaper) private readonly reaper: Reaper,
    @inject(Tokens.DiskSpace) private readonly disk: DiskSpace,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.reaper');
  }

  start(): void {
    this.#run();
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#nextRun?.cancel();
    this.#nextLook?.cancel();
    await this.#looking;
    await this.reaper.stop();
  }

  #run(): void {
    void this.reaper.execute({ dryRun: false, lowDisk: this.#wasLow });
    const { intervalHours } = this.configuration.settings.retention;
    this.#nextRun = this.clock.callAfter(intervalHours * hourMs, () => this.#run());
  }

  #lookLater(): void {
    if (this.#stopped) return;
    this.#nextLook = this.clock.callAfter(lookEveryMs, () => {
      this.#looking = this.#look().then(() => this.#lookLater());
    });
  }

  async #look(): Promise<void> {
    try {
      const free = await this.disk.freeBytes();
      const { minFreeBytes } = this.configuration.settings.retention;
      const isLow = free < minFreeBytes;
      if (isLow && !this.#wasLow && !this.#stopped) {
        this.#logger.warn('little room is left for the data directory; the reaper runs at once', {
          free_bytes: free,
          min_free_bytes: minFreeBytes,
        });
        void this.reaper.execute({ dryRun: false, lowDisk: true });
      }
      this.#wasLow = isLow;
    } catch (error) {
      this.#logger.error('could not find out how much room is left for the data directory', { err: error });
    }
  }
}
