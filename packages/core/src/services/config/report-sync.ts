import { inject, injectable } from 'tsyringe';
import type { ConfigProblem } from '../../domain/config/configuration.js';
import type { ConfigurationDiff } from '../../domain/config/diff-configuration.js';
import { formatDiff } from '../../domain/config/format-diff.js';
import { formatProblem } from '../../domain/config/format-problem.js';
import type { Clock } from '../ports/clock.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { Tokens } from '../tokens.js';

const syncTotal = 'danube_cac_sync_total';
const lastSuccess = 'danube_cac_sync_last_success';
/** Lines of one diff or of one list of problems that are logged one by one. */
const maxLines = 200;

/** Log lines and metrics of the config sync. */
@injectable()
export class ReportSync {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.Clock) private readonly clock: Clock,
  ) {
    this.#logger = loggers.forTarget('danube.config');
  }

  unchanged(): void {
    this.#succeeded('unchanged');
  }

  applied(commit: string, diff: ConfigurationDiff): void {
    this.#succeeded('applied');
    const lines = formatDiff(diff);
    this.#logger.info('configuration applied', { commit, changes: lines.length });
    for (const line of lines.slice(0, maxLines)) this.#logger.info(line, { commit });
    this.#tellRest(lines.length, 'changes', commit);
  }

  /** `problems` are those that were not told before. */
  failed(commit: string | undefined, problems: readonly ConfigProblem[]): void {
    this.metrics.count(syncTotal, { status: 'failed' });
    if (problems.length === 0) return;
    this.#logger.warn('config sync failed; the last good configuration stays in force', { commit });
    for (const problem of problems.slice(0, maxLines)) this.#logger.warn(formatProblem(problem), { commit });
    this.#tellRest(problems.length, 'problems', commit);
  }

  #succeeded(status: 'applied' | 'unchanged'): void {
    this.metrics.count(syncTotal, { status });
    this.metrics.set(lastSuccess, Math.floor(this.clock.now() / 1000));
  }

  #tellRest(count: number, what: string, commit: string | undefined): void {
    if (count > maxLines) this.#logger.info(`and ${count - maxLines} more ${what}`, { commit });
  }
}
