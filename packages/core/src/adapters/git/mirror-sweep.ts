import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyedQueue } from './keyed-queue.js';

/** Longer than any job runs: running jobs borrow the objects. */
const keepUnusedMs = 30 * 24 * 3_600_000;
const everyMs = 24 * 3_600_000;

/** Removes mirrors that nobody has used in a month. */
export class MirrorSweep {
  #nextAt = 0;

  constructor(
    private readonly folder: string,
    private readonly queue: KeyedQueue,
  ) {}

  /** Once a day, beside the work of the caller. What cannot be removed now is tried again the next day. */
  afterAWhile(): void {
    if (Date.now() < this.#nextAt) return;
    this.#nextAt = Date.now() + everyMs;
    void this.run().catch(() => undefined);
  }

  async run(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      const mirror = join(this.folder, name);
      if (!(await isUnused(mirror))) continue;
      await this.queue.run(mirror, async () => {
        if (await isUnused(mirror)) await rm(mirror, { recursive: true, force: true });
      });
    }
  }
}

async function isUnused(mirror: string): Promise<boolean> {
  const found = await stat(mirror).catch(() => undefined);
  return found !== undefined && found.mtimeMs < Date.now() - keepUnusedMs;
}
