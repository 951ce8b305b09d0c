import PQueue from 'p-queue';
import type { Job } from '../../domain/job/job.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { Step } from '../../domain/step/step.js';
import type { JobLogWriter } from '../ports/log-store.js';

export interface BegunStep {
  /** True once its process exists, false when it ended without one. */
  readonly started: Promise<boolean>;
  /** The stored row once it has ended. */
  readonly ended: Promise<Step>;
}

/** The handles of one job while this master looks after it. */
export class ActiveJob {
  /** Each step that was begun, by sequence. */
  readonly steps = new Map<number, BegunStep>();
  /** Lets as many steps run at once as the pipeline allows; the others wait in order. */
  readonly slots: PQueue;
  /** Resolves when this master has nothing more to do for the job. */
  done: Promise<void> = Promise.resolve();
  /** Resolves once the runtime has been asked to start the job: from then on it takes steps. */
  readonly begun: Promise<void>;
  #markBegun: () => void = () => undefined;
  readonly #ending = new AbortController();
  readonly #detached = new AbortController();

  constructor(
    readonly job: Job,
    /** Undefined when it is no longer configured. */
    readonly pipeline: Pipeline | undefined,
    readonly log: JobLogWriter,
  ) {
    this.slots = new PQueue({ concurrency: pipeline?.spec.maxConcurrentSteps ?? 1 });
    this.begun = new Promise((resolve) => (this.#markBegun = resolve));
  }

  /** Aborted once the job's final status stands: nothing new may begin. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Aborted when the master stops: let go, the job's processes go on. */
  get detached(): AbortSignal {
    return this.#detached.signal;
  }

  markBegun(): void {
    this.#markBegun();
  }

  end(): void {
    this.#ending.abort();
  }

  detach(): void {
    this.#detached.abort();
  }
}
