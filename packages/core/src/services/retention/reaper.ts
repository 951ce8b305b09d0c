import PQueue from 'p-queue';
import { inject, injectable } from 'tsyringe';
import type { ReapedPart, ReaperReport } from '../../domain/retention/reaper-report.js';
import type { StorageCheck } from '../../domain/retention/storage-problem.js';
import type { SweepDeliveries } from '../deliveries/sweep-deliveries.js';
import type { Clock } from '../ports/clock.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { Tokens } from '../tokens.js';
import type { CheckStorage } from './check-storage.js';
import type { ReapArtifacts } from './reap-artifacts.js';
import type { ReapCache } from './reap-cache.js';
import type { ReapJobs } from './reap-jobs.js';
import type { ReapLogs } from './reap-logs.js';
import type { Reapable, ReaperRun } from './reapable.js';

/** Removes what was kept for as long as `retention` says. One call at a time: others wait for their turn. */
@injectable()
export class Reaper {
  readonly #logger: Logger;
  readonly #turns = new PQueue({ concurrency: 1 });
  readonly #stopping = new AbortController();
  /** In the order of a run: the record of a job goes after what hangs on it. */
  readonly #kinds: readonly Reapable[];

  constructor(
    @inject(Tokens.ReapLogs) logs: ReapLogs,
    @inject(Tokens.ReapArtifacts) artifacts: ReapArtifacts,
    @inject(Tokens.SweepDeliveries) deliveries: SweepDeliveries,
    @inject(Tokens.ReapJobs) jobs: ReapJobs,
    @inject(Tokens.ReapCache) cache: ReapCache,
    @inject(Tokens.CheckStorage) private readonly checkStorage: CheckStorage,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#kinds = [logs, artifacts, deliveries, jobs, cache];
    this.#logger = loggers.forTarget('danube.reaper');
  }

  /** Removes what is due, or measures it. Never rejects for one kind: its part says what failed. Idempotent. */
  execute({ dryRun, lowDisk }: Pick<ReaperRun, 'dryRun' | 'lowDisk'>): Promise<ReaperReport> {
    return this.#turns.add(async () => {
      const run = { dryRun, lowDisk, now: this.clock.now(), signal: this.#stopping.signal };
      const parts: ReapedPart[] = [];
      for (const kind of this.#kinds) parts.push(await this.#reap(kind, run));
      if (!dryRun) this.#report(parts, run);
      return { dryRun, parts };
    });
  }

  /** Compares every log and artifact with its row. With `repair` both agree afterwards, where that is possible. */
  check(repair: boolean): Promise<StorageCheck> {
    return this.#turns.add(() => this.checkStorage.execute(repair, this.#stopping.signal));
  }

  /** Ends after the piece that is being removed, and begins nothing new. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the server stops'));
    await this.#turns.onIdle();
  }

  async #reap(kind: Reapable, run: ReaperRun): Promise<ReapedPart> {
    const nothing = { kind: kind.kind, count: 0, bytes: 0, oldest: undefined };
    if (run.signal.aborted) return { ...nothing, failure: 'the server is stopping' };
    try {
      const amount = await kind.reap(run);
      return { kind: kind.kind, ...amount, failure: undefined };
    } catch (error) {
      this.#logger.error('could not remove what is due; the next run will', { kind: kind.kind, err: error });
      return { ...nothing, failure: error instanceof Error ? error.message : String(error) };
    }
  }

  #report(parts: readonly ReapedPart[], { lowDisk }: ReaperRun): void {
    for (const { kind, bytes } of parts) this.metrics.count('danube_reaper_deleted_bytes_total', { kind }, bytes);
    const removed = Object.fromEntries(parts.map(({ kind, count }) => [kind, count]));
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    const level = parts.some(({ count }) => count > 0) ? 'info' : 'debug';
    this.#logger[level]('removed what was kept for long enough', { ...removed, bytes, low_disk: lowDisk });
  }
}
