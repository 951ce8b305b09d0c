import type { DataSource } from 'typeorm';
import { checkpointBesideWriter } from './sqlite-driver.js';

/** Their pages are some MB at most. */
const commitsBetween = 100;

/**
 * Moves what was committed from the write-ahead log into the database file, over a connection of its own: the writer would
 * have to wait for the disk, and everybody who waits for the writer with it.
 */
export class BackgroundCheckpoints {
  #commits = 0;
  #running: Promise<void> | undefined;

  constructor(private readonly source: DataSource) {}

  /** Call it after each commit; it does not wait. */
  noteCommit(): void {
    this.#commits += 1;
    if (this.#commits < commitsBetween || this.#running !== undefined) return;
    this.#commits = 0;
    // a commit is safe before it is moved: what the disk refuses now, the next statement of the writer is told
    this.#running = checkpointBesideWriter(this.source)
      .catch(() => undefined)
      .finally(() => (this.#running = undefined));
  }

  /** Call it after the last commit. */
  async close(): Promise<void> {
    await this.#running;
    await this.source.destroy();
  }
}
