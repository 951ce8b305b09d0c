import type { FileHandle } from 'node:fs/promises';
import type { Clock } from '../../services/ports/clock.js';
import type { Logger } from '../../services/ports/logger.js';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;

/** Writes at given positions; while the disk is full it waits for room, for as long as it takes. */
export class PatientWriter {
  #stopped = false;
  #wake: (() => void) | undefined;

  constructor(
    private readonly jobId: string,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Resolves when every byte has been handed to the kernel. */
  async write(file: FileHandle, buffers: readonly Buffer[], position: number): Promise<void> {
    let rest = buffers;
    let written = 0;
    let delay = FIRST_DELAY_MS;
    let waited = false;
    while (rest.length > 0) {
      try {
        const { bytesWritten } = await file.writev(rest, position + written);
        written += bytesWritten;
        rest = withoutFirst(rest, bytesWritten);
      } catch (error) {
        if (!isFull(error) || this.#stopped) throw error;
        if (!waited) this.logger.warn('the disk is full; the job log waits for room', { job_id: this.jobId });
        waited = true;
        await this.#pause(delay);
        delay = Math.min(delay * 2, LONGEST_DELAY_MS);
      }
    }
    if (waited) this.logger.info('the disk has room again; the job log goes on', { job_id: this.jobId });
  }

  /** Waits no longer: a write that finds the disk full fails from now on. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.clock.callAt(this.clock.now() + delayMs, resolve);
      this.#wake = () => {
        timer.cancel();
        resolve();
      };
    });
  }
}

function isFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

function withoutFirst(buffers: readonly Buffer[], count: number): readonly Buffer[] {
  let skip = count;
  let index = 0;
  for (let buffer = buffers[0]; buffer !== undefined && skip >= buffer.length; buffer = buffers[++index]) {
    skip -= buffer.length;
  }
  const [first, ...others] = buffers.slice(index);
  return first === undefined ? [] : [first.subarray(skip), ...others];
}
