import { inject, injectable } from 'tsyringe';
import type { ReapedAmount } from '../../domain/retention/reaper-report.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { FinishedJob, FinishedJobRepository } from '../ports/finished-job-repository.js';
import { Tokens } from '../tokens.js';
import { dayMs } from './day.js';
import type { Reapable, ReaperRun } from './reapable.js';
import { Tally } from './tally.js';
import type { UnsettledJobs } from './unsettled-jobs.js';

const pieceSize = 100;

/** Removes the records of jobs with their steps, once no file hangs on them. */
@injectable()
export class ReapJobs implements Reapable {
  readonly kind = 'jobs';

  constructor(
    @inject(Tokens.FinishedJobRepository) private readonly jobs: FinishedJobRepository,
    @inject(Tokens.UnsettledJobs) private readonly unsettled: UnsettledJobs,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
  ) {}

  async reap({ dryRun, now, signal }: ReaperRun): Promise<ReapedAmount> {
    const { jobsDays, logsDays, artifactsDays } = this.configuration.settings.retention;
    const before = now - Math.max(jobsDays, logsDays, artifactsDays) * dayMs;
    const tally = new Tally();
    const pieces = this.jobs.finishedBefore(before, pieceSize);
    for await (const due of this.unsettled.leaveOut(pieces, ({ id }) => id)) {
      const gone = dryRun ? due : await this.#remove(due);
      for (const { finishedAt } of gone) tally.add(finishedAt, 0);
      if (signal.aborted) break;
    }
    return tally.amount();
  }

  /** Those that are gone now. */
  async #remove(due: readonly FinishedJob[]): Promise<readonly FinishedJob[]> {
    const removed = new Set(await this.jobs.removeBare(due.map(({ id }) => id)));
    return due.filter(({ id }) => removed.has(id));
  }
}
