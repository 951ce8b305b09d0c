import { inject, injectable } from 'tsyringe';
import type { JobRepository } from '../ports/job-repository.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import { Tokens } from '../tokens.js';
import type { EnqueueJob } from './enqueue-job.js';
import { jobNotFound, pipelineNotFound } from './job-errors.js';
import type { StartedJob } from './start-job.js';

/** Runs the same commit of a pipeline once more, as the pipeline is configured now. */
@injectable()
export class RerunJob {
  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.EnqueueJob) private readonly enqueueJob: EnqueueJob,
  ) {}

  /**
   * While a job of the same pipeline, ref and commit has not ended, that one is answered as `duplicate`.
   * @throws DanubeError `job_not_found`, `pipeline_not_found` (not_found)
   */
  async execute(jobId: string, actor: string): Promise<StartedJob> {
    const job = await this.jobs.findById(jobId);
    if (job === undefined) throw jobNotFound(jobId);
    const pipeline = await this.pipelines.findById(job.pipelineId);
    if (pipeline === undefined) throw pipelineNotFound(job.pipelineId);
    // of a pull request from a fork, a second run is given no more secrets than the first
    const { source, env, pullRequest, withSecrets } = job;
    const trigger = { type: 'manual', ref: source.ref, actor } as const;
    const enqueued = await this.enqueueJob.insert(pipeline, { trigger, source, env, pullRequest, withSecrets });
    await this.enqueueJob.release([enqueued]);
    return enqueued;
  }
}
