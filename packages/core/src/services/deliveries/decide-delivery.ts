import { type ForgeEvent, isDanubeError } from '@danube/plugin-api';
import PQueue from 'p-queue';
import { inject, injectable } from 'tsyringe';
import type { Verdict } from '../../domain/delivery/delivery.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import { Tokens } from '../tokens.js';
import type { DecideTrigger } from '../triggers/decide-trigger.js';
import { verdictOf } from './delivery-reading.js';
import type { JobStart } from './settle-delivery.js';

/** A question may need git: not too many at once. */
const questionsAtOnce = 4;

export interface DeliveryDecision {
  readonly starts: readonly JobStart[];
  readonly verdicts: readonly Verdict[];
}

/** Asks for each pipeline whether the event starts a job. Changes nothing, so that it can be asked again. */
@injectable()
export class DecideDelivery {
  constructor(@inject(Tokens.DecideTrigger) private readonly decide: Pick<DecideTrigger, 'execute'>) {}

  /**
   * @param last whether there will be no further attempt: what could not be decided is then refused, with the reason
   * @throws what may be decided by a later attempt
   */
  async execute(
    deliveryId: string,
    event: ForgeEvent,
    pipelines: readonly Pipeline[],
    last: boolean,
    signal: AbortSignal,
  ): Promise<DeliveryDecision> {
    const queue = new PQueue({ concurrency: questionsAtOnce });
    const starts: JobStart[] = [];
    const verdicts: Verdict[] = [];
    const ask = async (pipeline: Pipeline): Promise<void> => {
      try {
        const decision = await this.decide.execute(pipeline, event, signal);
        if (decision.kind === 'start') starts.push({ pipeline, request: decision.request, reason: decision.reason });
        else verdicts.push(verdictOf(deliveryId, pipeline, 'skipped', decision.reason));
      } catch (error) {
        if (!isDanubeError(error) || (error.retryable && !last) || signal.aborted) throw error;
        verdicts.push(verdictOf(deliveryId, pipeline, 'rejected', error.message));
      }
    };
    await queue.addAll(pipelines.map((pipeline) => () => ask(pipeline)));
    return { starts, verdicts };
  }
}
