import { inject, injectable } from 'tsyringe';
import type { ReapedAmount } from '../../domain/retention/reaper-report.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { FinishedJobRepository } from '../ports/finished-job-repository.js';
import type { LogStore } from '../ports/log-store.js';
import { Tokens } from '../tokens.js';
import { dayMs } from './day.js';
import type { Reapable, ReaperRun } from './reapable.js';
import { Tally } from './tally.js';
import type { UnsettledJobs } from './unsettled-jobs.js';

const pieceSize = 100;

/** Removes logs of jobs that ended long ago. The files go before the row says so: a crash in between repeats that. */
@injectable()
export class ReapLogs implements Reapable {
  readonly kind = 'logs';

  constructor(
    @inject(Tokens.FinishedJobRepository) private readonly jobs: FinishedJobRepository,
    @inject(Tokens.LogStore) private readonly logs: LogStore,
    @inject(Tokens.UnsettledJobs) private readonly unsettled: UnsettledJobs,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
  ) {}

  async reap({ dryRun, now, signal }: ReaperRun): Promise<ReapedAmount> {
    const before = now - this.configuration.settings.retention.logsDays * dayMs;
    const tally = new Tally();
    const pieces = this.jobs.withLog(before, pieceSize);
    for await (const due of this.unsettled.leaveOut(pieces, ({ id }) => id)) {
      const ids = due.map(({ id }) => id);
      for (const { id, finishedAt } of due) {
        const bytes = await this.logs.storedBytes(id);
        if (bytes > 0) tally.add(finishedAt, bytes);
        if (!dryRun) await this.logs.remove(id);
      }
      if (!dryRun) await this.jobs.markLogsRemoved(ids, now);
      if (signal.aborted) break;
    }
    return tally.amount();
  }
}
