import { inject, injectable } from 'tsyringe';
import { checkEnvironment } from '../../domain/job/job-environment.js';
import type { JobSource, JobTrigger } from '../../domain/job/job.js';
import { fullRef, shortRef } from '../../domain/job/short-ref.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { SourceCheckout } from '../ports/source-checkout.js';
import type { FindRepositoryAccess } from '../git/find-repository-access.js';
import { Tokens } from '../tokens.js';
import type { EnqueueJob, EnqueuedJob } from './enqueue-job.js';
import { pipelineNotFound } from './job-errors.js';

export interface StartJobRequest {
  readonly pipelineId: string;
  /** Branch, tag or full ref; the pipeline's own branch when undefined. */
  readonly ref?: string | undefined;
  /** Exact commit; what the ref points at now when undefined. */
  readonly commit?: string | undefined;
  readonly trigger: Omit<JobTrigger, 'ref'> & { readonly ref?: string | undefined };
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export type StartedJob = Pick<EnqueuedJob, 'job' | 'duplicate'>;

/** Turns the wish for a job into a pending one. */
@injectable()
export class StartJob {
  constructor(
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.SourceCheckout) private readonly checkout: SourceCheckout,
    @inject(Tokens.FindRepositoryAccess) private readonly findAccess: FindRepositoryAccess,
    @inject(Tokens.EnqueueJob) private readonly enqueueJob: EnqueueJob,
  ) {}

  /** @throws DanubeError `pipeline_not_found`, `environment_invalid`, or those of {@link SourceCheckout.resolve}. */
  async execute(request: StartJobRequest, signal: AbortSignal): Promise<StartedJob> {
    const pipeline = await this.pipelines.findById(request.pipelineId);
    if (pipeline === undefined) throw pipelineNotFound(request.pipelineId);
    const env = checkEnvironment(request.env ?? {});
    const source = await this.#resolve(pipeline, request, signal);
    const trigger = { ...request.trigger, ref: request.trigger.ref ?? source.ref };
    const enqueued = await this.enqueueJob.insert(pipeline, {
      trigger,
      source,
      env,
      pullRequest: undefined,
      withSecrets: true,
    });
    await this.enqueueJob.release([enqueued]);
    return enqueued;
  }

  async #resolve(pipeline: Pipeline, request: StartJobRequest, signal: AbortSignal): Promise<JobSource> {
    const repositoryUrl = pipeline.spec.repository;
    const wanted = request.ref ?? pipeline.spec.branch;
    if (request.commit !== undefined) return jobSource(repositoryUrl, fullRef(wanted), request.commit);
    const access = await this.findAccess.execute(repositoryUrl, signal);
    const { ref, commit } = await this.checkout.resolve(repositoryUrl, wanted, access, signal);
    return jobSource(repositoryUrl, ref, commit);
  }
}

function jobSource(repositoryUrl: string, ref: string, commit: string): JobSource {
  return { repositoryUrl, ref, branch: shortRef(ref), commit };
}
