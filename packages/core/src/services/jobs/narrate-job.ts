import { inject, injectable } from 'tsyringe';
import { isFinal } from '../../domain/job/job-status.js';
import type { FinalStepStatus, RunEvent } from '../../domain/job/run-event.js';
import { parseLogLine } from '../../domain/log/parse-log-line.js';
import type { Step } from '../../domain/step/step.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { LogStore, LogViewEvent } from '../ports/log-store.js';
import type { StepRepository } from '../ports/step-repository.js';
import { Tokens } from '../tokens.js';
import type { JobEvents } from './job-events.js';

/** Tells one job as it happens: steps with their output between start and end. */
@injectable()
export class NarrateJob {
  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.StepRepository) private readonly steps: StepRepository,
    @inject(Tokens.LogStore) private readonly logs: LogStore,
    @inject(Tokens.JobEvents) private readonly events: JobEvents,
  ) {}

  /** Ends after `finished`, which comes when the job has its final status and its log is complete. */
  async *execute(jobId: string): AsyncIterable<RunEvent> {
    const job = await this.jobs.findById(jobId);
    if (job === undefined) return;
    const { pipelineName: pipeline, createdAt: time } = job;
    yield { kind: 'job-started', jobId, pipeline, branch: job.source.branch, time };

    const told = new Map<number, 'started' | 'finished'>();
    for await (const { log, told: offset } of this.#changes(jobId)) {
      yield* this.#started(jobId, told);
      if (log?.kind === 'text') yield* lines(log.bytes);
      yield* this.#finished(jobId, told, offset);
    }
    const ended = await this.jobs.findById(jobId);
    if (ended === undefined || !isFinal(ended.status)) return;
    const durationMs = (ended.finishedAt ?? time) - time;
    yield { kind: 'finished', status: ended.status, reason: ended.reason, durationMs };
  }

  /** Each piece of the log, and in between a turn without one whenever the job or a step has changed. */
  async *#changes(jobId: string): AsyncIterable<{ log?: LogViewEvent; told: number }> {
    let wake: () => void = () => undefined;
    let changed = new Promise<void>((resolve) => (wake = resolve));
    const unsubscribe = this.events.subscribe(jobId, () => wake());
    const left = new AbortController();
    const log = this.logs.follow(jobId, 0, left.signal)[Symbol.asyncIterator]();
    try {
      let told = 0;
      for (let next = log.next(); ;) {
        const piece = await Promise.race([next, changed]);
        if (piece === undefined) {
          changed = new Promise<void>((resolve) => (wake = resolve));
          yield { told };
          continue;
        }
        if (piece.done === true || piece.value.kind === 'end') break;
        told = piece.value.offset + (piece.value.kind === 'text' ? piece.value.bytes.length : piece.value.bytes);
        yield { log: piece.value, told };
        next = log.next();
      }
      yield { told: Infinity };
    } finally {
      unsubscribe();
      left.abort();
    }
  }

  async *#started(jobId: string, told: Map<number, 'started' | 'finished'>): AsyncIterable<RunEvent> {
    for (const step of await this.steps.listByJob(jobId)) {
      if (step.startedAt === undefined || told.has(step.sequence)) continue;
      told.set(step.sequence, 'started');
      yield { kind: 'step-started', sequence: step.sequence, name: step.name, time: step.startedAt };
    }
  }

  async *#finished(jobId: string, told: Map<number, 'started' | 'finished'>, offset: number): AsyncIterable<RunEvent> {
    for (const step of await this.steps.listByJob(jobId)) {
      if (!hasEnded(step) || told.get(step.sequence) === 'finished' || (step.logEnd ?? 0) > offset) continue;
      told.set(step.sequence, 'finished');
      const durationMs = (step.finishedAt ?? 0) - (step.startedAt ?? step.createdAt);
      const { sequence, name, status, exitCode } = step;
      yield { kind: 'step-finished', sequence, name, status, exitCode, durationMs };
    }
  }
}

function hasEnded(step: Step): step is Step & { readonly status: FinalStepStatus } {
  return step.finishedAt !== undefined;
}

function* lines(bytes: Buffer): Iterable<RunEvent> {
  for (const line of bytes.toString('utf8').split('\n')) {
    const parsed = parseLogLine(line);
    if (parsed === undefined) continue;
    const { source, stream, text, time } = parsed;
    yield { kind: 'output', step: source, stream, text, time };
  }
}
