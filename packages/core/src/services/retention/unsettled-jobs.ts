import { inject, injectable } from 'tsyringe';
import type { ActiveJobs } from '../jobs/active-jobs.js';
import type { JobRuntime } from '../ports/job-runtime.js';
import { Tokens } from '../tokens.js';

/** Jobs that somebody still works on, whatever their status says: their log is written and their files are read. */
@injectable()
export class UnsettledJobs {
  constructor(
    @inject(Tokens.ActiveJobs) private readonly active: ActiveJobs,
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
  ) {}

  /** Ids. @throws what the runtime says when it cannot tell; nothing of any job may be removed then. */
  async list(): Promise<ReadonlySet<string>> {
    return new Set([...this.active.ids(), ...(await this.runtime.listJobs())]);
  }

  /** The pieces without what belongs to such a job. The runtime is asked once, and only where there is a piece. */
  async *leaveOut<T>(pieces: AsyncIterable<readonly T[]>, jobIdOf: (item: T) => string): AsyncIterable<readonly T[]> {
    let unsettled: ReadonlySet<string> | undefined;
    for await (const piece of pieces) {
      const known = (unsettled ??= await this.list());
      yield piece.filter((item) => !known.has(jobIdOf(item)));
    }
  }
}
