import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import type { PodOptions } from '../../domain/kubernetes/pod-options.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { JobRuntime } from '../ports/job-runtime.js';
import type { ProvenanceRepository } from '../ports/provenance-repository.js';
import { Tokens } from '../tokens.js';
import type { BuildPlatform } from './build-platform.js';

/** Notes what later provenance has to say of a job's start, and what may be another by the time when the job ends. */
@injectable()
export class RecordCircumstances {
  constructor(
    @inject(Tokens.BuildPlatform) private readonly platform: BuildPlatform,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
    @inject(Tokens.ProvenanceRepository) private readonly provenance: ProvenanceRepository,
  ) {}

  /** Call it before the job starts. A second call replaces what the first has noted. */
  async execute(job: Job, { spec }: Pipeline, { image }: Pick<PodOptions, 'image'>): Promise<void> {
    const { attests, ...platform } = this.platform;
    if (!attests) return;
    await this.provenance.begin(job.id, {
      ...platform,
      configCommit: this.configuration.applied.commit,
      pipelineFile: spec.file,
      image: this.runtime.kind === 'kubernetes' ? image : undefined,
    });
  }
}
