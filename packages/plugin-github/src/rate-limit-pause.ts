import { DanubeError, isDanubeError } from '@danube/plugin-api';

const firstPauseMs = 60_000;
const longestPauseMs = 60 * 60_000;

/**
 * Keeps requests back while GitHub limits their rate: it stops those who go on asking. The pause is what GitHub asks for, and
 * from the second time in a row at least a minute that doubles each time, up to an hour.
 */
export class RateLimitPause {
  readonly #now: () => number;
  #until = 0;
  #inARow = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Runs a request, unless there is a pause.
   * @throws DanubeError `forge_rate_limited` (unavailable) with the rest of the pause
   */
  async run<T>(request: () => Promise<T>): Promise<T> {
    const rest = this.#until - this.#now();
    if (rest > 0) throw limited(rest);
    try {
      const answer = await request();
      this.#inARow = 0;
      return answer;
    } catch (error) {
      if (!isDanubeError(error) || error.code !== 'forge_rate_limited') throw error;
      throw limited(this.#begin(error.retryAfterMs ?? firstPauseMs), error);
    }
  }

  #begin(askedMs: number): number {
    const now = this.#now();
    // of several requests at once the first one begins the pause
    if (this.#until <= now) {
      const grownMs = this.#inARow === 0 ? 0 : firstPauseMs * 2 ** (this.#inARow - 1);
      this.#inARow += 1;
      this.#until = now + Math.min(Math.max(askedMs, grownMs), longestPauseMs);
    }
    return this.#until - now;
  }
}

function limited(retryAfterMs: number, cause?: DanubeError): DanubeError {
  const seconds = Math.ceil(retryAfterMs / 1000);
  const message = `${cause?.message ?? 'GitHub limits the rate of requests'}; no request before ${seconds} s have passed`;
  return new DanubeError('forge_rate_limited', message, { category: 'unavailable', retryAfterMs, cause });
}
