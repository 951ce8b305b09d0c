import { inject, injectable } from 'tsyringe';
import type { ReapedAmount } from '../../domain/retention/reaper-report.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { SourceCache } from '../ports/source-cache.js';
import { Tokens } from '../tokens.js';
import { dayMs } from './day.js';
import type { Reapable, ReaperRun } from './reapable.js';
import { Tally } from './tally.js';

/** Removes cached repositories that nobody has used for long; with little room those of yesterday, too. */
@injectable()
export class ReapCache implements Reapable {
  readonly kind = 'cache';

  constructor(
    @inject(Tokens.SourceCache) private readonly cache: SourceCache,
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
  ) {}

  async reap({ dryRun, lowDisk, now, signal }: ReaperRun): Promise<ReapedAmount> {
    const keepDays = lowDisk ? 1 : this.configuration.settings.retention.cacheDays;
    // checkouts borrow objects from the cache for as long as their job runs
    const [oldest] = await this.jobs.listUnfinished();
    const before = Math.min(now - keepDays * dayMs, (oldest?.createdAt ?? now) - dayMs);
    const tally = new Tally();
    for (const name of await this.cache.listUnused(before)) {
      const found = await (dryRun ? this.cache.measure(name) : this.cache.removeUnused(name, before));
      if (found !== undefined) tally.add(found.usedAt, found.bytes);
      if (signal.aborted) break;
    }
    return tally.amount();
  }
}
