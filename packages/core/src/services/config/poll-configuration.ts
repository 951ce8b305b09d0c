import { inject, injectable } from 'tsyringe';
import { delayUntilNextSync } from '../../domain/config/next-sync.js';
import type { Clock } from '../ports/clock.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { Tokens } from '../tokens.js';
import type { SyncConfiguration, SyncOutcome } from './sync-configuration.js';

export interface ConfigPolling {
  readonly intervalMs: number;
}

/** Syncs at the configured interval for as long as the server runs, whatever goes wrong. */
@injectable()
export class PollConfiguration {
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  #alarm: { cancel(): void } | undefined;
  #current: Promise<unknown> = Promise.resolve();
  #unreachable = 0;

  constructor(
    @inject(Tokens.ConfigPolling) private readonly polling: ConfigPolling,
    @inject(Tokens.SyncConfiguration) private readonly sync: SyncConfiguration,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.config');
  }

  /** Starts the loop with a first sync; resolves when that has ended, however it ended. */
  async start(): Promise<void> {
    await this.#tick();
  }

  /** Ends the loop and the sync that is running. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the server stops'));
    this.#alarm?.cancel();
    await this.#current;
  }

  /** One sync at once; the loop goes on from here. */
  async syncNow(signal: AbortSignal): Promise<SyncOutcome> {
    this.#alarm?.cancel();
    try {
      return await this.#attempt(AbortSignal.any([signal, this.#stopping.signal]));
    } finally {
      this.#scheduleNext();
    }
  }

  async #tick(): Promise<void> {
    this.#current = this.#attempt(this.#stopping.signal).catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) this.#logger.error('config sync broke off', { error });
    });
    await this.#current;
    this.#scheduleNext();
  }

  async #attempt(signal: AbortSignal): Promise<SyncOutcome> {
    const outcome = await this.sync.execute(signal);
    const unreachable = outcome.status === 'failed' && outcome.commit === undefined;
    this.#unreachable = unreachable ? this.#unreachable + 1 : 0;
    return outcome;
  }

  #scheduleNext(): void {
    this.#alarm?.cancel();
    if (this.#stopping.signal.aborted) return;
    const delay = delayUntilNextSync(this.polling.intervalMs, this.#unreachable);
    this.#alarm = this.clock.callAt(this.clock.now() + delay, () => void this.#tick());
  }
}
