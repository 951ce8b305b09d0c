import { DanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import { checkEnvironment } from '../../domain/job/job-environment.js';
import type { Job, JobSource, JobTrigger } from '../../domain/job/job.js';
import { fullRef, shortRef } from '../../domain/job/short-ref.js';
import { supersededJobs } from '../../domain/job/supersede.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { SourceCheckout } from '../ports/source-checkout.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';
import type { CancelJob } from './cancel-job.js';
import type { JobQueue } from './job-queue.js';

export interface StartJobRequest {
  readonly pipelineId: string;
  /** Branch, tag or full ref; the pipeline's own branch when undefined. */
  readonly ref?: string | undefined;
  /** Exact commit; what the ref points at now when undefined. */
  readonly commit?: string | undefined;
  readonly trigger: Omit<JobTrigger, 'ref'> & { readonly ref?: string | undefined };
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface StartedJob {
  readonly job: Job;
  /** True where an unfinished job of the same pipeline, ref and commit stands for this request. */
  readonly duplicate: boolean;
}

/** Turns a trigger into a pending job. Every trigger enters here. */
@injectable()
export class StartJob {
  constructor(
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.SourceCheckout) private readonly checkout: SourceCheckout,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.JobQueue) private readonly queue: JobQueue,
    @inject(Tokens.CancelJob) private readonly cancelJob: CancelJob,
  ) {}

  /** @throws DanubeError `pipeline_not_found`, `environment_invalid`, or those of {@link SourceCheckout.resolve}. */
  async execute(request: StartJobRequest, signal: AbortSignal): Promise<StartedJob> {
    const pipeline = await this.pipelines.findById(request.pipelineId);
    if (pipeline === undefined) {
      throw new DanubeError('pipeline_not_found', `there is no pipeline "${request.pipelineId}"`, {
        category: 'not_found',
      });
    }
    const env = checkEnvironment(request.env ?? {});
    const source = await this.#resolve(pipeline, request, signal);
    const trigger = { ...request.trigger, ref: request.trigger.ref ?? source.ref };

    const { job, superseded } = await this.unitOfWork.run(async () => {
      const duplicate = await this.jobs.findUnfinishedDuplicate(pipeline.id, source.ref, source.commit);
      if (duplicate !== undefined) return { job: duplicate, superseded: undefined };
      const unfinished = await this.jobs.listUnfinishedByRef(pipeline.id, source.ref);
      const job = await this.jobs.create({
        id: this.ids.newId(),
        pipelineId: pipeline.id,
        trigger,
        source,
        env,
        createdAt: this.clock.now(),
      });
      return { job, superseded: supersededJobs(pipeline.spec.concurrency, unfinished) };
    });
    for (const older of superseded ?? []) {
      await this.cancelJob.execute(older.id, `replaced by job ${job.id} (#${job.number})`);
    }
    this.queue.wake();
    return { job, duplicate: superseded === undefined };
  }

  async #resolve(pipeline: Pipeline, request: StartJobRequest, signal: AbortSignal): Promise<JobSource> {
    const repositoryUrl = pipeline.spec.repository;
    const wanted = request.ref ?? pipeline.spec.branch;
    const { ref, commit } =
      request.commit === undefined
        ? await this.checkout.resolve(repositoryUrl, wanted, undefined, signal)
        : { ref: fullRef(wanted), commit: request.commit };
    return { repositoryUrl, ref, branch: shortRef(ref), commit };
  }
}
