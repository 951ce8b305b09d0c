import type { PushEvent, PushHistory } from '@danube/plugin-api';
import PQueue from 'p-queue';
import { inject, injectable } from 'tsyringe';
import type { Clock } from '../ports/clock.js';
import type { DeliveryRepository } from '../ports/delivery-repository.js';
import type { Extensions } from '../ports/extensions.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import { Tokens } from '../tokens.js';
import type { DeliveryIntake } from './delivery-intake.js';
import type { ProcessDeliveries } from './process-deliveries.js';

const questionsAtOnce = 4;
const questionLimitMs = 30_000;
/** The clocks of forge and server differ; what is known already is not taken twice. */
const marginMs = 300_000;

interface Question {
  readonly forge: string;
  readonly history: PushHistory;
  readonly url: string;
  readonly since: number;
}

/** Asks the forges for pushes whose webhooks never arrived, for example because the server was down: forges do not resend. */
@injectable()
export class FindMissedPushes {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.Extensions) private readonly extensions: Extensions,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.DeliveryIntake) private readonly intake: DeliveryIntake,
    @inject(Tokens.ProcessDeliveries) private readonly processing: ProcessDeliveries,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.deliveries');
  }

  /**
   * Never throws: what cannot be asked is logged.
   * @param lastReceived when the last webhook of each forge had come in before this server began to take in new ones. A
   * forge that never sent one is not asked: nothing says from when on its pushes count.
   */
  async execute(lastReceived: ReadonlyMap<string, number>, signal: AbortSignal): Promise<void> {
    const queue = new PQueue({ concurrency: questionsAtOnce });
    try {
      const questions = await this.#questions(lastReceived);
      await queue.addAll(questions.map((question) => () => this.#ask(question, signal)));
    } catch (error) {
      if (!signal.aborted) this.#logger.warn('could not look for missed pushes', { err: error });
    }
  }

  async #questions(lastReceived: ReadonlyMap<string, number>): Promise<readonly Question[]> {
    const repositories = await this.pipelines.listRepositories();
    return this.extensions.current.forges.flatMap(({ name, forge }) => {
      const last = lastReceived.get(name);
      const { history } = forge;
      if (last === undefined || history === undefined) return [];
      const served = repositories.filter((url) => forge.servesRepository(url));
      return served.map((url) => ({ forge: name, history, url, since: last - marginMs }));
    });
  }

  async #ask({ forge, history, url, since }: Question, signal: AbortSignal): Promise<void> {
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(questionLimitMs)]);
      const missed = await this.#missedOf(forge, await history.recentPushes({ url }, since, limited));
      for (const push of missed) await this.#store(forge, push);
      if (missed.length === 0) return;
      this.#logger.warn('found pushes of which no webhook had come', { forge, repository: url, pushes: missed.length });
      this.processing.wake();
    } catch (error) {
      if (signal.aborted) return;
      this.#logger.warn('could not ask a forge for missed pushes', { forge, repository: url, err: error });
    }
  }

  /** Oldest first. A push before one that is known is not taken: its ref has moved on, and an older commit must not follow. */
  async #missedOf(forge: string, pushes: readonly PushEvent[]): Promise<readonly PushEvent[]> {
    const settled = new Set<string>();
    const missed: PushEvent[] = [];
    for (const push of pushes.toReversed()) {
      if (settled.has(push.ref)) continue;
      if (await this.deliveries.isPushKnown(forge, push)) settled.add(push.ref);
      else missed.unshift(push);
    }
    return missed;
  }

  async #store(forge: string, push: PushEvent): Promise<void> {
    await this.intake.store({
      id: this.ids.newId(),
      forge,
      forgeDeliveryId: `history:${push.ref}:${push.commit}`,
      source: 'history',
      replayOf: undefined,
      receivedAt: this.clock.now(),
      payload: { headers: {}, sealedHeaders: {}, body: Buffer.from(JSON.stringify(push)) },
    });
  }
}
