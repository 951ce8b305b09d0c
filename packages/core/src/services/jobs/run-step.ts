import { DanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { Step } from '../../domain/step/step.js';
import type { Clock } from '../ports/clock.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { JobRuntime, OutputOffsets, OutputStream } from '../ports/job-runtime.js';
import type { StepRepository } from '../ports/step-repository.js';
import type { TokenHasher } from '../ports/token-hasher.js';
import type { JobSecrets } from '../secrets/job-secrets.js';
import { Tokens } from '../tokens.js';
import type { ActiveJob } from './active-job.js';
import type { ActiveJobs } from './active-jobs.js';
import { masterStopping } from './job-errors.js';
import { requireActiveJob } from './require-active-job.js';
import type { StepRunner } from './step-runner.js';

const chunkBytes = 256 * 1024;

export interface RunStepRequest {
  /** 1, 2, 3 … in the coordinator's own order: the idempotency key within the job. */
  readonly sequence: number;
  readonly name: string;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number | undefined;
  readonly image: string | undefined;
  /** True: output as it comes. False: after the end, the last `captureLimitBytes` of each stream. */
  readonly follow: boolean;
  /** What the caller has already, so that asking again repeats nothing. */
  readonly received: OutputOffsets;
  readonly captureLimitBytes: number;
}

export type RunStepEvent =
  | { readonly kind: 'output'; readonly stream: OutputStream; readonly bytes: Buffer }
  | { readonly kind: 'exit'; readonly step: Step; readonly skipped: OutputOffsets };

/** Runs a step of a running job exactly once, and answers its output and its end to whoever asks, as often as they ask. */
@injectable()
export class RunStep {
  constructor(
    @inject(Tokens.ActiveJobs) private readonly activeJobs: ActiveJobs,
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.StepRepository) private readonly steps: StepRepository,
    @inject(Tokens.StepRunner) private readonly runner: StepRunner,
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
    @inject(Tokens.JobSecrets) private readonly secrets: JobSecrets,
    @inject(Tokens.TokenHasher) private readonly hasher: TokenHasher,
    @inject(Tokens.Clock) private readonly clock: Clock,
  ) {}

  /** @throws DanubeError `job_not_active`, `step_conflict` (conflict), `job_not_taken_up`, `master_stopping` (unavailable) */
  async *execute(jobId: string, request: RunStepRequest, signal: AbortSignal): AsyncIterable<RunStepEvent> {
    const active = await requireActiveJob(this.activeJobs, this.jobs, jobId);
    await this.#orStopping(active, active.begun, AbortSignal.any([signal, active.detached, active.ending]));
    const recorded = await this.#record(jobId, request);
    const timeoutMs = request.timeoutSeconds === undefined ? undefined : request.timeoutSeconds * 1000;
    // the row has it without secrets; only the process gets it as it is
    const running = this.runner.begin(active, { ...recorded, command: request.command }, request.env, timeoutMs);
    const cut = AbortSignal.any([signal, active.detached]);

    if (request.follow && (await this.#orStopping(active, running.started, cut))) {
      for await (const event of this.runtime.follow(recorded, request.received, cut)) {
        if (event.kind === 'output') yield event;
      }
    }
    const step = await this.#orStopping(active, running.ended, cut);
    const skipped = { stdout: 0, stderr: 0 };
    if (!request.follow && step.startedAt !== undefined) {
      for (const stream of ['stdout', 'stderr'] as const) {
        const size = active.log.position(step)[stream];
        const from = Math.max(request.received[stream], size - request.captureLimitBytes);
        skipped[stream] = from - request.received[stream];
        yield* this.#read(step, stream, from, size);
      }
    }
    yield { kind: 'exit', step, skipped };
  }

  /** The stored row of this sequence; only the first request makes it. */
  async #record(jobId: string, request: RunStepRequest): Promise<Step> {
    const now = this.clock.now();
    const { sequence, image } = request;
    const matcher = await this.secrets.matcherOf(jobId);
    const [name, command] = [matcher.maskText(request.name), matcher.maskText(request.command)];
    const requestDigest = this.hasher.hash(
      JSON.stringify([request.name, request.command, image, sortedEntries(request.env)]),
    );
    const { step } = await this.steps.createOnce({
      jobId,
      sequence,
      name,
      command,
      requestDigest,
      image,
      status: 'pending',
      exitCode: undefined,
      reason: undefined,
      createdAt: now,
      startedAt: undefined,
      finishedAt: undefined,
      deadlineAt: undefined,
      logStart: undefined,
      logEnd: undefined,
    });
    if (step.requestDigest === requestDigest) return step;
    throw new DanubeError(
      'step_conflict',
      `step ${sequence} of this job is "${step.name}" already, with another command`,
      {
        category: 'conflict',
        details: { sequence },
      },
    );
  }

  /** The promise's value, or at once a retryable error when this master stops: the next one answers. */
  async #orStopping<T>(active: ActiveJob, promise: Promise<T>, cut: AbortSignal): Promise<T> {
    const stopped = new Promise<never>((_, reject) => {
      const refuse = () => reject(masterStopping(active.job.id));
      if (cut.aborted) refuse();
      else cut.addEventListener('abort', refuse, { once: true });
    });
    return Promise.race([promise, stopped]);
  }

  async *#read(step: Step, stream: OutputStream, from: number, to: number): AsyncIterable<RunStepEvent> {
    for (let offset = from; offset < to;) {
      const bytes = await this.runtime.readOutput(step, stream, offset, Math.min(chunkBytes, to - offset));
      if (bytes.length === 0) return;
      yield { kind: 'output', stream, bytes };
      offset += bytes.length;
    }
  }
}

function sortedEntries(env: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1));
}
