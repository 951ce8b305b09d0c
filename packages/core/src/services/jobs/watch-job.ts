import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import { isFinal } from '../../domain/job/job-status.js';
import type { JobRepository } from '../ports/job-repository.js';
import { Tokens } from '../tokens.js';
import type { JobEvents } from './job-events.js';

/** A job's states as they come: the present one first, the final one last. */
@injectable()
export class WatchJob {
  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.JobEvents) private readonly events: JobEvents,
  ) {}

  async *execute(jobId: string, signal: AbortSignal): AsyncIterable<Job> {
    let wake: () => void = () => undefined;
    let changed = false;
    const notice = () => {
      changed = true;
      wake();
    };
    const unsubscribe = this.events.subscribe(jobId, notice);
    signal.addEventListener('abort', notice);
    try {
      let last: Job | undefined;
      while (!signal.aborted) {
        changed = false;
        const job = await this.jobs.findById(jobId);
        if (job === undefined) return;
        if (job.status !== last?.status) yield (last = job);
        if (isFinal(job.status)) return;
        if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', notice);
    }
  }
}
