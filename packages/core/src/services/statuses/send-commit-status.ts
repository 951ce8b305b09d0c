import { type CommitRef, type CommitStatus, type CommitStatusReporter, DanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import { isFinal } from '../../domain/job/job-status.js';
import type { Job } from '../../domain/job/job.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { Clock } from '../ports/clock.js';
import type { CommitStatusRepository, DueCommitStatus } from '../ports/commit-status-repository.js';
import type { ConfiguredForge, Extensions } from '../ports/extensions.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { Tokens } from '../tokens.js';
import { commitStateOf } from './commit-state.js';
import { describeJob } from './describe-job.js';
import { isRefusal, nextAttemptAt } from './next-attempt.js';

export interface CommitStatusSettings {
  /** Where browsers reach the server; undefined where nobody said. */
  readonly publicUrl: string | undefined;
}

type Outcome =
  | { readonly kind: 'known' }
  | { readonly kind: 'unwanted'; readonly why: string }
  | { readonly kind: 'failed'; readonly error: unknown };

const longestError = 500;

/** Makes one attempt to tell a forge how a job stands now, and stores what came of it. */
@injectable()
export class SendCommitStatus {
  private readonly logger: Logger;

  constructor(
    @inject(Tokens.CommitStatusRepository) private readonly statuses: CommitStatusRepository,
    @inject(Tokens.Extensions) private readonly extensions: Extensions,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
    @inject(Tokens.CommitStatusSettings) private readonly settings: CommitStatusSettings,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.logger = loggers.forTarget('danube.statuses');
  }

  /** An attempt that `signal` ends leaves everything as it was. */
  async execute(due: DueCommitStatus, signal: AbortSignal): Promise<void> {
    const outcome = await this.#attempt(due, signal);
    switch (outcome.kind) {
      case 'known':
        return this.statuses.recordReported(due.job.id, due.job.status, isFinal(due.job.status));
      case 'unwanted':
        return this.#giveUp(due, 'unwanted', outcome.why);
      case 'failed':
        return signal.aborted ? undefined : this.#failed(due, outcome.error);
    }
  }

  async #attempt(due: DueCommitStatus, signal: AbortSignal): Promise<Outcome> {
    const { job, reported, superseded } = due;
    try {
      const why = superseded ? 'a newer job of this commit reports instead' : this.#whyNoForgeWants(due);
      if (why !== undefined) return { kind: 'unwanted', why };
      if (reported !== undefined && commitStateOf(reported) === commitStateOf(job.status)) return { kind: 'known' };
      await this.#reporterOf(due).report(commitOf(job), this.#statusOf(job), signal);
    } catch (error) {
      return { kind: 'failed', error };
    }
    this.#count(due, 'reported');
    return { kind: 'known' };
  }

  #whyNoForgeWants({ job, forge: name }: DueCommitStatus): string | undefined {
    const found = this.#find(name);
    if (found === undefined) {
      const { forges } = this.configuration.settings.integrations;
      return forges.some((entry) => entry.name === name) ? undefined : `no forge is called "${name}" any more`;
    }
    if (found.forge.statuses === undefined) return `forge "${name}" takes no commit statuses any more`;
    const serves = found.forge.servesRepository(job.source.repositoryUrl);
    return serves ? undefined : `forge "${name}" does not serve this repository any more`;
  }

  #reporterOf({ forge: name }: DueCommitStatus): CommitStatusReporter {
    const reporter = this.#find(name)?.forge.statuses;
    if (reporter !== undefined) return reporter;
    // a plugin that did not come up may be there again after a sync or a restart
    throw new DanubeError(
      'forge_not_loaded',
      `the plugin of forge "${name}" is not loaded; "danube plugins list" says why`,
      {
        category: 'unavailable',
      },
    );
  }

  #find(name: string): ConfiguredForge | undefined {
    return this.extensions.current.forges.find((forge) => forge.name === name);
  }

  #statusOf(job: Job): CommitStatus {
    const { publicUrl } = this.settings;
    return {
      state: commitStateOf(job.status),
      context: `danube/${job.pipelineName}`,
      description: describeJob(job),
      targetUrl: publicUrl === undefined ? undefined : `${publicUrl.replace(/\/+$/, '')}/jobs/${job.id}`,
    };
  }

  async #failed(due: DueCommitStatus, error: unknown): Promise<void> {
    const { job, forge } = due;
    const message = (error instanceof Error ? error.message : String(error)).slice(0, longestError);
    const now = this.clock.now();
    const at = nextAttemptAt(job, due.attempts + 1, error, now, Math.random());
    if (at === undefined) return this.#giveUp(due, 'given_up', message);
    const fields = { job_id: job.id, forge, attempts: due.attempts + 1, retry_in_ms: at - now, err: error };
    if (isRefusal(error)) {
      this.#count(due, 'refused');
      this.logger.error('a forge refuses a commit status; will try again once its credential may be repaired', fields);
    } else {
      this.#count(due, 'failed');
      this.logger.warn('could not report a commit status; will try again', fields);
    }
    await this.statuses.recordFailure(job.id, message, at);
  }

  async #giveUp(due: DueCommitStatus, outcome: 'unwanted' | 'given_up', why: string): Promise<void> {
    this.#count(due, outcome);
    const fields = { job_id: due.job.id, forge: due.forge, reason: why };
    if (outcome === 'given_up') this.logger.error('gave up reporting a commit status', fields);
    await this.statuses.giveUp(due.job.id, why);
  }

  #count({ forge }: DueCommitStatus, status: string): void {
    this.metrics.count('danube_commit_status_reports_total', { forge, status });
  }
}

function commitOf({ source }: Job): CommitRef {
  return { repository: { url: source.repositoryUrl }, sha: source.commit, ref: source.ref };
}
