import { inject, injectable } from 'tsyringe';
import type { JobRuntime } from '../ports/job-runtime.js';
import type { JobLogWriter, LogStore } from '../ports/log-store.js';
import { Tokens } from '../tokens.js';

/** The coordinator's own output in the log: what `danubefile.py` prints, and its traceback. */
export const coordinatorName = 'coordinator';

/** Opens job logs for writing, repaired from the raw output that the runtime keeps. */
@injectable()
export class JobLogs {
  constructor(
    @inject(Tokens.LogStore) private readonly store: LogStore,
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
  ) {}

  open(jobId: string): Promise<JobLogWriter> {
    return this.store.openWriter(jobId, (sequence, stream, offset, length) =>
      this.runtime.readOutput({ jobId, sequence }, stream, offset, length),
    );
  }
}
