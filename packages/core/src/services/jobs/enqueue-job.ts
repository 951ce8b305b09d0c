import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import { replacedBy, supersededJobs } from '../../domain/job/supersede.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { Clock } from '../ports/clock.js';
import type { CommitStatusRepository } from '../ports/commit-status-repository.js';
import type { Extensions } from '../ports/extensions.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { JobRepository, NewJob } from '../ports/job-repository.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';
import type { CancelJob } from './cancel-job.js';
import type { JobEvents } from './job-events.js';
import type { JobQueue } from './job-queue.js';

export type JobRequest = Omit<NewJob, 'id' | 'pipelineId' | 'createdAt'>;

export interface EnqueuedJob {
  readonly job: Job;
  /** True where an unfinished job of the same pipeline, ref and commit stands for this request. */
  readonly duplicate: boolean;
  readonly superseded: readonly Job[];
}

/** Puts jobs into the queue: rows first, together with whatever else belongs to the same decision; then what follows. */
@injectable()
export class EnqueueJob {
  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.CommitStatusRepository) private readonly commitStatuses: CommitStatusRepository,
    @inject(Tokens.Extensions) private readonly extensions: Extensions,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.JobEvents) private readonly events: JobEvents,
    @inject(Tokens.JobQueue) private readonly queue: JobQueue,
    @inject(Tokens.CancelJob) private readonly cancelJob: CancelJob,
  ) {}

  /** Joins the caller's transaction; {@link release} comes after that has been committed. */
  insert(pipeline: Pipeline, request: JobRequest): Promise<EnqueuedJob> {
    return this.unitOfWork.run(async () => {
      const { ref, commit, repositoryUrl } = request.source;
      const duplicate = await this.jobs.findUnfinishedDuplicate(pipeline.id, ref, commit);
      if (duplicate !== undefined) return { job: duplicate, duplicate: true, superseded: [] };
      const unfinished = await this.jobs.listUnfinishedByRef(pipeline.id, ref);
      const createdAt = this.clock.now();
      const job = await this.jobs.create({ ...request, id: this.ids.newId(), pipelineId: pipeline.id, createdAt });
      const { forges } = this.extensions.current;
      const listener = forges.find(
        ({ forge }) => forge.statuses !== undefined && forge.servesRepository(repositoryUrl),
      );
      if (listener !== undefined) await this.commitStatuses.expect(job.id, listener.name);
      return { job, duplicate: false, superseded: supersededJobs(pipeline.spec.concurrency, unfinished) };
    });
  }

  /** Cancels what the jobs replace, and lets them run. */
  async release(enqueued: readonly EnqueuedJob[]): Promise<void> {
    for (const { job, duplicate, superseded } of enqueued) {
      if (!duplicate) this.events.changed(job.id);
      for (const older of superseded) await this.cancelJob.execute(older.id, replacedBy(job));
    }
    if (enqueued.some(({ duplicate }) => !duplicate)) this.queue.wake();
  }
}
