import type { ActiveJob } from './active-job.js';
import { jobNotActive } from './job-errors.js';

/** The jobs that this master is running or settling now. The database has the truth; this has the handles. */
export class ActiveJobs {
  readonly #jobs = new Map<string, ActiveJob>();

  add(active: ActiveJob): void {
    this.#jobs.set(active.job.id, active);
  }

  remove(id: string): void {
    this.#jobs.delete(id);
  }

  find(id: string): ActiveJob | undefined {
    return this.#jobs.get(id);
  }

  /** @throws DanubeError `job_not_active` (conflict) for a job that has ended or has not started. */
  require(id: string): ActiveJob {
    const active = this.#jobs.get(id);
    if (active !== undefined && !active.ending.aborted) return active;
    throw jobNotActive(id);
  }

  /** Lets go of every job without touching its processes; resolves when nothing of them is being written any more. */
  async detachAll(): Promise<void> {
    const all = [...this.#jobs.values()];
    for (const active of all) active.detach();
    await Promise.allSettled(all.map((active) => active.done));
  }
}
