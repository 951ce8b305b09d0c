import PQueue from 'p-queue';
import type { LogSearch, LogSearchProgress } from '../../../services/ports/log-store.js';
import { locateLines } from '../locate-lines.js';
import type { LogExtent } from '../log-index.js';
import type { LogPaths } from '../log-paths.js';
import { searchInThread } from './search-thread.js';

/** So that searches leave the processors to jobs. */
const AT_A_TIME = 2;
const BLOCK_LIMIT_MS = 2000;

/** The searches of one server. */
export class LogSearches {
  readonly #queue = new PQueue({ concurrency: AT_A_TIME });

  constructor(private readonly blockLimitMs = BLOCK_LIMIT_MS) {}

  /** Searches what `extent` covers; waits for its turn. */
  async run(
    paths: LogPaths,
    extent: LogExtent,
    search: LogSearch,
    report: (progress: LogSearchProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#queue.add(
      async () => {
        const { from, to } = await locateLines(paths, extent, search.fromLine, extent.lines);
        const part = { path: paths.log, from, to, line: search.fromLine };
        await searchInThread(part, search, report, { limitMs: this.blockLimitMs, signal });
      },
      { signal },
    );
  }
}
