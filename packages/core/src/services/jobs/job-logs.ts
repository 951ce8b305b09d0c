import { inject, injectable } from 'tsyringe';
import type { JobRuntime } from '../ports/job-runtime.js';
import type { JobSecrets } from '../secrets/job-secrets.js';
import type { JobLogWriter, LogStore, ReadSource } from '../ports/log-store.js';
import { Tokens } from '../tokens.js';

/** The coordinator's own output in the log: what `danubefile.py` prints, and its traceback. */
export const coordinatorName = 'coordinator';

/** Opens job logs for writing, without the job's secrets, and repaired from the raw output that the runtime keeps. */
@injectable()
export class JobLogs {
  constructor(
    @inject(Tokens.LogStore) private readonly store: LogStore,
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
    @inject(Tokens.JobSecrets) private readonly secrets: JobSecrets,
  ) {}

  async open(jobId: string): Promise<JobLogWriter> {
    const readSource: ReadSource = (sequence, stream, offset, length) =>
      this.runtime.readOutput({ jobId, sequence }, stream, offset, length);
    return this.store.openWriter(jobId, readSource, await this.secrets.matcherOf(jobId));
  }
}
