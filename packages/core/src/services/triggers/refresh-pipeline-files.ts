import { isDanubeError } from '@danube/plugin-api';
import PQueue from 'p-queue';
import { inject, injectable } from 'tsyringe';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import { sameSource } from '../../domain/trigger/pipeline-file.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { FindRepositoryAccess } from '../git/find-repository-access.js';
import type { Clock } from '../ports/clock.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { PipelineFileRepository } from '../ports/pipeline-file-repository.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { SourceCheckout } from '../ports/source-checkout.js';
import { Tokens } from '../tokens.js';
import { listPipelines } from './list-pipelines.js';
import type { ReadPipelineFile } from './read-pipeline-file.js';
import type { RunSchedules } from './run-schedules.js';

const sweepMs = 3_600_000;
const attemptMs = 120_000;
const readsAtOnce = 4;

/**
 * Keeps what the pipeline files at the heads of their branches say about triggers, for pipelines whose configuration gives
 * none: read at start, after a change of the configuration, after a push to the branch, and hourly.
 */
@injectable()
export class RefreshPipelineFiles {
  readonly #logger: Logger;
  readonly #queue = new PQueue({ concurrency: readsAtOnce });
  readonly #stopping = new AbortController();
  /** Pipelines that are in the queue and not being read yet. */
  readonly #waiting = new Set<string>();
  /** Why the last attempt to read failed, by pipeline. */
  readonly #failures = new Map<string, string>();
  /** Pipelines as they were last asked for, so that a change of the configuration reads only what it concerns. */
  readonly #known = new Map<string, Pipeline>();
  #unsubscribe = (): void => undefined;
  #alarm: { cancel(): void } | undefined;

  constructor(
    @inject(Tokens.ActiveConfiguration) private readonly active: ActiveConfiguration,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.PipelineFileRepository) private readonly pipelineFiles: PipelineFileRepository,
    @inject(Tokens.FindRepositoryAccess) private readonly findAccess: FindRepositoryAccess,
    @inject(Tokens.SourceCheckout) private readonly checkout: SourceCheckout,
    @inject(Tokens.ReadPipelineFile) private readonly readPipelineFile: ReadPipelineFile,
    @inject(Tokens.RunSchedules) private readonly schedules: Pick<RunSchedules, 'changed'>,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.triggers');
  }

  /** Begins to read all of them, in the background. */
  start(): void {
    this.#unsubscribe = this.active.subscribe(() => void this.#sweep('changed'));
    void this.#sweep('all');
  }

  /** Ends what is being read. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the server stops'));
    this.#unsubscribe();
    this.#alarm?.cancel();
    this.#queue.clear();
    await this.#queue.onIdle();
  }

  /** Asks for one to be read again soon; several requests before that are one. */
  request(pipeline: Pipeline): void {
    if (this.#stopping.signal.aborted || this.#waiting.has(pipeline.id)) return;
    this.#waiting.add(pipeline.id);
    this.#known.set(pipeline.id, pipeline);
    void this.#queue.add(async () => {
      this.#waiting.delete(pipeline.id);
      await this.#read(this.#known.get(pipeline.id) ?? pipeline);
    });
  }

  /** Why the file of a pipeline could not be read the last time; undefined where it could. */
  failure(pipelineId: string): string | undefined {
    return this.#failures.get(pipelineId);
  }

  /** Resolves when everything that was asked for has been read. */
  idle(): Promise<void> {
    return this.#queue.onIdle();
  }

  async #sweep(which: 'all' | 'changed'): Promise<void> {
    try {
      const all = (await listPipelines(this.pipelines)).filter(({ spec }) => spec.triggers === undefined);
      const ids = new Set(all.map(({ id }) => id));
      for (const id of this.#known.keys()) if (!ids.has(id)) this.#forget(id);
      for (const pipeline of all) {
        const before = this.#known.get(pipeline.id);
        if (which === 'all' || before === undefined || !sameSource(before.spec, pipeline.spec)) this.request(pipeline);
      }
    } catch (error) {
      this.#logger.error('the pipelines could not be listed to read their files', { err: error });
    }
    if (which === 'all' && !this.#stopping.signal.aborted) {
      this.#alarm = this.clock.callAt(this.clock.now() + sweepMs, () => void this.#sweep('all'));
    }
  }

  #forget(pipelineId: string): void {
    this.#known.delete(pipelineId);
    this.#failures.delete(pipelineId);
  }

  async #read(pipeline: Pipeline): Promise<void> {
    const { id, spec } = pipeline;
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(attemptMs)]);
    try {
      await this.#update(pipeline, signal);
      this.#failures.delete(id);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      const reason = isDanubeError(error) ? error.message : 'an unexpected error, which the log has';
      if (this.#failures.get(id) === reason) return;
      this.#failures.set(id, reason);
      this.#logger.warn('the triggers of a pipeline file could not be read; those of the last time stay in force', {
        pipeline: id,
        file: spec.file,
        err: error,
      });
    }
  }

  async #update({ id, spec }: Pipeline, signal: AbortSignal): Promise<void> {
    const { repository, branch, file } = spec;
    const access = await this.findAccess.execute(repository, signal);
    const { ref, commit } = await this.checkout.resolve(repository, branch, access, signal);
    const [stored] = await this.pipelineFiles.listByPipelines([id]);
    const current = stored !== undefined && sameSource(stored.source, spec) ? stored : undefined;
    if (current?.commit === commit) return;
    const source = { repositoryUrl: repository, commit, ref, access };
    const { blobId, triggers, problems } = await this.readPipelineFile.execute(source, file, signal);
    const readAt = this.clock.now();
    await this.pipelineFiles.save({
      pipelineId: id,
      source: { repository, branch, file },
      commit,
      blobId,
      triggers,
      problems,
      readAt,
    });
    if (current === undefined || current.blobId !== blobId) this.schedules.changed();
  }
}
