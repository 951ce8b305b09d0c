import { isDanubeError } from '@danube/plugin-api';
import PQueue from 'p-queue';
import { inject, injectable } from 'tsyringe';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import { sameSource } from '../../domain/trigger/pipeline-file.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import { listPipelines } from '../config/list-pipelines.js';
import type { FindRepositoryAccess } from '../git/find-repository-access.js';
import type { Clock } from '../ports/clock.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { PipelineFileRepository } from '../ports/pipeline-file-repository.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { SourceCheckout } from '../ports/source-checkout.js';
import { Tokens } from '../tokens.js';
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
  /** Pipelines that are in the queue or being read; true where they were asked for again since. */
  readonly #inWork = new Map<string, boolean>();
  /** Why the last attempt to read failed, by pipeline. */
  readonly #failures = new Map<string, string>();
  /** Pipelines as they were last asked for, so that a change of the configuration reads only what it concerns. */
  readonly #known = new Map<string, Pipeline>();
  #sweeping: Promise<void> = Promise.resolve();
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
    this.#unsubscribe = this.active.subscribe(() => this.#beginSweep('changed'));
    this.#beginSweep('all');
  }

  /** Ends what is being read. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the server stops'));
    this.#unsubscribe();
    this.#alarm?.cancel();
    this.#queue.clear();
    await this.idle();
  }

  /** Asks for one to be read again soon; several requests before that are one. */
  request(pipeline: Pipeline): void {
    if (this.#stopping.signal.aborted) return;
    const { id } = pipeline;
    this.#known.set(id, pipeline);
    const inWork = this.#inWork.has(id);
    this.#inWork.set(id, inWork);
    if (!inWork) void this.#queue.add(() => this.#work(id));
  }

  /** Why the file of a pipeline could not be read the last time; undefined where it could. */
  failure(pipelineId: string): string | undefined {
    return this.#failures.get(pipelineId);
  }

  /** Resolves when everything that was asked for has been read. */
  async idle(): Promise<void> {
    await this.#sweeping;
    await this.#queue.onIdle();
  }

  /** One after the other: an older list of pipelines must not come after a newer one. */
  #beginSweep(which: 'all' | 'changed'): void {
    this.#sweeping = this.#sweeping.then(() => this.#sweep(which));
  }

  async #sweep(which: 'all' | 'changed'): Promise<void> {
    if (this.#stopping.signal.aborted) return;
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
      this.#alarm = this.clock.callAt(this.clock.now() + sweepMs, () => this.#beginSweep('all'));
    }
  }

  /** One pipeline is never read twice at once: what was read first must not be stored last. */
  async #work(id: string): Promise<void> {
    this.#inWork.set(id, false);
    const pipeline = this.#known.get(id);
    if (pipeline !== undefined) await this.#read(pipeline);
    const again = this.#inWork.get(id) === true && !this.#stopping.signal.aborted;
    if (again) void this.#queue.add(() => this.#work(id));
    else this.#inWork.delete(id);
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
