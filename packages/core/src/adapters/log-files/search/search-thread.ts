import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LogSearch, LogSearchProgress } from '../../../services/ports/log-store.js';
import { searchTooSlow } from './search-errors.js';
import { searchScript } from './search-script.js';

/** What of a log's file is searched. */
export interface SearchedPart {
  readonly path: string;
  /** Byte offsets of the first byte, which starts a line, and after the last one. */
  readonly from: number;
  readonly to: number;
  /** Number of the first line, from 1. */
  readonly line: number;
}

/** More than the longest line. */
const BLOCK_BYTES = 512 * 1024;
const MEMORY_MB = 128;

/**
 * Searches in a thread that is ended with the search: whatever a regular expression does, it does it there.
 * @throws DanubeError `log_search_too_slow` where one block takes longer than `limitMs`; the signal's reason
 */
export async function searchInThread(
  part: SearchedPart,
  search: LogSearch,
  report: (progress: LogSearchProgress) => void,
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(searchScript, {
    eval: true,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    workerData: { ...part, ...search, blockBytes: BLOCK_BYTES },
  });
  const silence = watchSilence(worker, limitMs);
  try {
    const ends = AbortSignal.any([signal, silence.signal]);
    for await (const [progress] of on(worker, 'message', { signal: ends, close: ['exit'] })) {
      report(progress as LogSearchProgress);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw silence.signal.aborted ? searchTooSlow(limitMs) : error;
  } finally {
    silence.stop();
    await worker.terminate();
  }
}

/** Its signal is aborted once the running thread has said nothing for that long, and at the latest for twice as long. */
function watchSilence(worker: Worker, limitMs: number): { readonly signal: AbortSignal; readonly stop: () => void } {
  const silent = new AbortController();
  let heard = false;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (!heard) silent.abort();
    heard = false;
  };
  worker.on('message', () => (heard = true));
  const watch = (): void => {
    // after what has come meanwhile: this thread may have been busy itself
    timer = setInterval(() => setImmediate(look), limitMs);
  };
  worker.once('online', watch);
  const stop = (): void => {
    worker.off('online', watch);
    clearInterval(timer);
  };
  return { signal: silent.signal, stop };
}
