import { inject, injectable } from 'tsyringe';
import { Tokens } from '../tokens.js';
import type { JobEvents } from './job-events.js';

/** Tells which jobs have changed, from now on. Changes that come while nobody asks for the next ones come together. */
@injectable()
export class WatchAllJobs {
  constructor(@inject(Tokens.JobEvents) private readonly events: JobEvents) {}

  /** Ids of jobs whose rows have changed; ends when the signal is aborted. It listens from the first `next` on. */
  async *execute(signal: AbortSignal): AsyncIterable<readonly string[]> {
    const changed = new Set<string>();
    let wake: () => void = () => undefined;
    const unsubscribe = this.events.subscribeToAll((jobId) => {
      changed.add(jobId);
      wake();
    });
    const stop = (): void => wake();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        if (changed.size === 0) await new Promise<void>((resolve) => (wake = resolve));
        const ids = [...changed];
        changed.clear();
        if (ids.length > 0) yield ids;
      }
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', stop);
    }
  }
}
