import { isDanubeError } from '@danube/plugin-api';
import pRetry from 'p-retry';
import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import type { Clock } from '../ports/clock.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { RepositoryAccess } from '../ports/source-checkout.js';
import { Tokens } from '../tokens.js';
import type { FindRepositoryAccess } from './find-repository-access.js';

const patienceMs = 5 * 60_000;
const firstPauseMs = 1000;
const maxPauseMs = 30_000;

/**
 * Access to a repository for a job that is starting: a forge that limits its rate or is down for a moment is no reason to
 * fail the job. It is asked again for up to five minutes, and not before it wants to be.
 */
@injectable()
export class AwaitRepositoryAccess {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.FindRepositoryAccess) private readonly findAccess: FindRepositoryAccess,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.git');
  }

  /**
   * A job that gets no secrets builds what anybody may have written: its credential opens its own repository only.
   * @throws what {@link FindRepositoryAccess.execute} said last
   */
  async execute(
    { source, withSecrets }: Pick<Job, 'source' | 'withSecrets'>,
    signal: AbortSignal,
  ): Promise<RepositoryAccess> {
    const access = await this.#find(source.repositoryUrl, signal);
    return withSecrets ? access : { ...access, notForSubmodules: true };
  }

  #find(repositoryUrl: string, signal: AbortSignal): Promise<RepositoryAccess> {
    let waitedMs = 0;
    return pRetry(() => this.findAccess.execute(repositoryUrl, signal), {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 0,
      maxTimeout: 0,
      signal,
      shouldRetry: async ({ error, attemptNumber }) => {
        if (!isDanubeError(error) || !error.retryable) return false;
        const pause = Math.max(error.retryAfterMs ?? 0, Math.min(firstPauseMs * 2 ** (attemptNumber - 1), maxPauseMs));
        waitedMs += pause;
        if (waitedMs > patienceMs) return false;
        const fields = { repository: repositoryUrl, in_ms: pause, err: error };
        this.#logger.warn('no credential for a repository yet; will ask again', fields);
        await this.#pause(pause, signal);
        return true;
      },
    });
  }

  /** Ends early where the signal aborts. */
  #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = (): void => {
        alarm.cancel();
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const alarm = this.clock.callAfter(milliseconds, stop);
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    });
  }
}
