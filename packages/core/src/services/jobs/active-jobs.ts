import type { ActiveJob } from './active-job.js';

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

  ids(): readonly string[] {
    return [...this.#jobs.keys()];
  }

  /** Lets go of every job without touching its processes; resolves when nothing of them is being written any more. */
  async detachAll(): Promise<void> {
    const all = [...this.#jobs.values()];
    for (const active of all) active.detach();
    await Promise.allSettled(all.map((active) => active.done));
  }
}
