import { inject, injectable } from 'tsyringe';
import type { Clock } from '../ports/clock.js';
import type { FinishedJobRepository } from '../ports/finished-job-repository.js';
import type { LogStore } from '../ports/log-store.js';
import { Tokens } from '../tokens.js';
import type { FoundProblems } from './found-problems.js';
import type { UnsettledJobs } from './unsettled-jobs.js';

const pieceSize = 500;

/** Logs that no job has, and jobs that should have one. */
@injectable()
export class CheckLogs {
  constructor(
    @inject(Tokens.FinishedJobRepository) private readonly jobs: FinishedJobRepository,
    @inject(Tokens.LogStore) private readonly logs: LogStore,
    @inject(Tokens.UnsettledJobs) private readonly unsettled: UnsettledJobs,
    @inject(Tokens.Clock) private readonly clock: Clock,
  ) {}

  async execute(repair: boolean, found: FoundProblems): Promise<void> {
    const now = this.clock.now();
    // the files first: whatever has a log by then has a row as well, and whatever had ended by then has its log
    const stored = await this.logs.listJobs();
    await this.#findUnowned(stored, repair, found);

    const present = new Set(stored);
    const pieces = this.jobs.withLog(now, pieceSize);
    for await (const settled of this.unsettled.leaveOut(pieces, ({ id }) => id)) {
      // a job that never started may have ended without a log
      const missing = settled.filter(({ id, startedAt }) => startedAt !== undefined && !present.has(id));
      const ids = missing.map(({ id }) => id);
      if (repair) await this.jobs.markLogsRemoved(ids, now);
      for (const id of ids) found.add('log_missing', `the log of job ${id}`, repair);
    }
  }

  async #findUnowned(stored: readonly string[], repair: boolean, found: FoundProblems): Promise<void> {
    for (let start = 0; start < stored.length; start += pieceSize) {
      const piece = stored.slice(start, start + pieceSize);
      const owned = await this.jobs.keepingLog(piece);
      for (const id of piece.filter((one) => !owned.has(one))) {
        if (repair) await this.logs.remove(id);
        found.add('log_without_job', `log files of job ${id}`, repair);
      }
    }
  }
}
