import { inject, injectable } from 'tsyringe';
import type { JobEvents } from '../jobs/job-events.js';
import type { Clock } from '../ports/clock.js';
import type { CommitStatusRepository, DueCommitStatus } from '../ports/commit-status-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { RequestContext } from '../ports/request-context.js';
import { Tokens } from '../tokens.js';
import type { SendCommitStatus } from './send-commit-status.js';

/** A forge that hangs keeps only its own reports waiting. */
const attemptsPerForge = 4;
const retryMs = 1_000;

/**
 * Tells forges how jobs stand, until each knows the end. The tables say what is to be told, so that a restart loses
 * nothing, and always the present status is sent: one that changed meanwhile is never told late.
 */
@injectable()
export class ReportCommitStatuses {
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  readonly #attempts = new Map<string, { readonly forge: string; readonly ended: Promise<void> }>();
  #draining: Promise<void> | undefined;
  #again = false;
  #alarm: { cancel(): void } | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(
    @inject(Tokens.CommitStatusRepository) private readonly statuses: CommitStatusRepository,
    @inject(Tokens.SendCommitStatus) private readonly send: SendCommitStatus,
    @inject(Tokens.JobEvents) private readonly events: JobEvents,
    @inject(Tokens.RequestContext) private readonly context: RequestContext,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.statuses');
  }

  /** Begins with what earlier lives of the server left. */
  start(): void {
    this.#unsubscribe = this.events.subscribeToAll(() => this.#wake());
    this.#wake();
  }

  /** Ends attempts that are under way; the next life makes them again. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the server stops'));
    this.#unsubscribe();
    await this.#draining;
    this.#alarm?.cancel();
    await Promise.all([...this.#attempts.values()].map(({ ended }) => ended));
  }

  #wake(): void {
    if (this.#stopping.signal.aborted) return;
    this.#again = true;
    // a report is not part of the request that happened to change the job
    this.#draining ??= this.context
      .leave(() => this.#drain())
      .finally(() => {
        this.#draining = undefined;
        // woken between the end of the loop and now
        if (this.#again) this.#wake();
      });
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#stopping.signal.aborted) {
      this.#again = false;
      try {
        for (const forge of await this.statuses.listForges()) await this.#takeDue(forge);
        this.#wakeAt(await this.statuses.nextAttemptAfter(this.clock.now()));
      } catch (error) {
        this.#logger.error('could not look for commit statuses to report; will try again', { err: error });
        this.#wakeAt(this.clock.now() + retryMs);
      }
    }
  }

  async #takeDue(forge: string): Promise<void> {
    while (this.#countOf(forge) < attemptsPerForge && !this.#stopping.signal.aborted) {
      const due = await this.statuses.nextDue(forge, this.clock.now(), [...this.#attempts.keys()]);
      if (due === undefined) return;
      this.#attempts.set(due.job.id, { forge, ended: this.#attempt(due) });
    }
  }

  async #attempt(due: DueCommitStatus): Promise<void> {
    try {
      await this.send.execute(due, this.#stopping.signal);
      this.#attempts.delete(due.job.id);
      this.#wake();
    } catch (error) {
      this.#attempts.delete(due.job.id);
      const fields = { job_id: due.job.id, forge: due.forge, err: error };
      this.#logger.error('could not store what became of a commit status; will report it again', fields);
      this.clock.callAt(this.clock.now() + retryMs, () => this.#wake());
    }
  }

  #wakeAt(at: number | undefined): void {
    this.#alarm?.cancel();
    if (at !== undefined) this.#alarm = this.clock.callAt(at, () => this.#wake());
  }

  #countOf(forge: string): number {
    let count = 0;
    for (const attempt of this.#attempts.values()) if (attempt.forge === forge) count += 1;
    return count;
  }
}
