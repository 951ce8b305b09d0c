import { ApiError } from '../../api/api-error.ts';
import { streamLog } from '../api/log-api.ts';
import { LiveLines, type LogEvent, type NumberedLine } from './live-lines.ts';

export interface Follower {
  readonly onLines: (lines: readonly NumberedLine[]) => void;
  /** True when the server is reached, false when it is not: following goes on by itself. */
  readonly onConnection: (connected: boolean) => void;
}

/** More than two of the server's signs of life. */
const silenceMs = 40_000;
const shortestWaitMs = 500;
const longestWaitMs = 5_000;

/**
 * Follows a log from a byte on until it is complete. A connection that breaks or falls silent is made again where it ended,
 * so that each line comes exactly once.
 * @throws ApiError where the server will not send it; the signal's reason
 */
export async function followLog(jobId: string, from: number, follower: Follower, signal: AbortSignal): Promise<void> {
  const lines = new LiveLines();
  let offset = from;
  let wait = shortestWaitMs;
  for (;;) {
    try {
      for await (const { event, id, data } of connect(jobId, offset, signal)) {
        follower.onConnection(true);
        wait = shortestWaitMs;
        if (event === 'end') return;
        if (event !== 'log') continue;
        follower.onLines(lines.take(JSON.parse(data) as LogEvent));
        offset = Number(id);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ApiError && error.status < 500) throw error;
    }
    follower.onConnection(false);
    await networkOr(wait, signal);
    wait = Math.min(wait * 2, longestWaitMs);
  }
}

/** The events of one connection, which is given up when nothing is heard of the server or the network changes. */
async function* connect(jobId: string, offset: number, signal: AbortSignal) {
  const silent = new AbortController();
  const giveUp = (): void => silent.abort();
  let timer = setTimeout(giveUp, silenceMs);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, silenceMs);
  };
  globalThis.addEventListener('online', giveUp);
  globalThis.addEventListener('offline', giveUp);
  try {
    yield* streamLog(jobId, offset, AbortSignal.any([signal, silent.signal]), heard);
  } finally {
    clearTimeout(timer);
    globalThis.removeEventListener('online', giveUp);
    globalThis.removeEventListener('offline', giveUp);
  }
}

/** Resolves after a time, or at once when the network is back or nobody follows any more. */
function networkOr(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const timer = setTimeout(done, ms);
    globalThis.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
