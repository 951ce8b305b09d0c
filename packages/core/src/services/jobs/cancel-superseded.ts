import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import { replacedBy, supersededJobs } from '../../domain/job/supersede.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import { Tokens } from '../tokens.js';
import type { CancelJob } from './cancel-job.js';

/** Makes jobs give way to newer ones where a crash came between the commit of these and the cancelling of those. */
@injectable()
export class CancelSuperseded {
  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.CancelJob) private readonly cancelJob: CancelJob,
  ) {}

  /** Called once at start, when jobs were taken up and before the queue opens. Idempotent: it looks at rows only. */
  async execute(): Promise<void> {
    for (const jobs of byPipelineAndRef(await this.jobs.listUnfinished())) {
      const [newest, ...older] = jobs.toReversed();
      if (newest === undefined || older.length === 0) continue;
      const pipeline = await this.pipelines.findById(newest.pipelineId);
      if (pipeline === undefined) continue;
      for (const { id } of supersededJobs(pipeline.spec.concurrency, older)) {
        await this.cancelJob.execute(id, replacedBy(newest));
      }
    }
  }
}

/** Oldest first, as they are given. */
function byPipelineAndRef(jobs: readonly Job[]): Iterable<readonly Job[]> {
  const groups = new Map<string, Job[]>();
  for (const job of jobs) {
    const key = JSON.stringify([job.pipelineId, job.source.ref]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [job]);
    else group.push(job);
  }
  return groups.values();
}
