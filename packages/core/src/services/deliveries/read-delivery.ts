import type { ForgeRepository, PushEvent, WebhookDelivery } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { DeliveryOutcome, Verdict } from '../../domain/delivery/delivery.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { DeliveryWithPayload } from '../ports/delivery-repository.js';
import type { ConfiguredForge, Extensions } from '../ports/extensions.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { SecretReader } from '../secrets/secret-reader.js';
import { Tokens } from '../tokens.js';
import { callPlugin, type PluginAnswer } from './call-plugin.js';
import { ageProblem } from './delivery-age.js';
import { DeliveryFacts } from './delivery-facts.js';
import type { DeliveryHeaders } from './delivery-headers.js';
import {
  describeEvent,
  describeRepository,
  ended,
  outcomeOf,
  verdictOf,
  type DeliveryReading,
} from './delivery-reading.js';
import { verifyDelivery } from './verify-delivery.js';

/** Says what a delivery is about: whose it is, whether it is genuine, and only then what happened. */
@injectable()
export class ReadDelivery {
  constructor(
    @inject(Tokens.Extensions) private readonly extensions: Extensions,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.DeliveryHeaders) private readonly headers: DeliveryHeaders,
    @inject(Tokens.SecretReader) private readonly secrets: SecretReader,
  ) {}

  /** For deliveries that are read together, one after the other. */
  facts(): DeliveryFacts {
    return new DeliveryFacts(this.pipelines, this.secrets);
  }

  /** Whatever is wrong with the delivery or the plugin is an answer; it throws only where the database fails. */
  async execute(delivery: DeliveryWithPayload, facts: DeliveryFacts): Promise<DeliveryReading> {
    const forge = this.extensions.current.forges.find(({ name }) => name === delivery.forge);
    if (forge === undefined) {
      const reason = `forge "${delivery.forge}" is not enabled any more; enable it and replay the delivery`;
      return ended('failed', outcomeOf({ event: 'unreadable', reason }));
    }
    return delivery.source === 'history'
      ? this.#readHistory(forge, delivery, facts)
      : this.#readWebhook(forge, delivery, facts);
  }

  async #readWebhook(
    forge: ConfiguredForge,
    delivery: DeliveryWithPayload,
    facts: DeliveryFacts,
  ): Promise<DeliveryReading> {
    const { id, payload } = delivery;
    const opened = callPlugin(() => this.headers.open(id, payload));
    if (!opened.ok) return unreadable('failed', opened.reason);
    const webhook: WebhookDelivery = { headers: opened.value, body: payload.body };

    const identified = callPlugin(() => forge.forge.identifyRepository(webhook));
    if (!identified.ok) return unreadable(identified.blamesInput ? 'processed' : 'failed', identified.reason);
    if ('reason' in identified.value) {
      return ended('processed', outcomeOf({ event: 'ignored', reason: identified.value.reason }));
    }
    const repository = identified.value;
    const building = await candidates(forge, repository, facts);
    if (!building.ok) return unreadable('failed', building.reason);
    const about = { repository: repository.fullName, matched: building.value.length > 0 };
    if (!about.matched) {
      const reason = `no pipeline builds ${describeRepository(repository)}`;
      return ended('processed', outcomeOf({ ...about, event: 'ignored', reason }));
    }

    const { verified, rejected, lacking } = await verifyDelivery(forge, webhook, building.value, facts);
    const verdicts = rejected.map(({ pipeline, reason }) => verdictOf(id, pipeline, 'rejected', reason));
    if (verified.length === 0) {
      const wasChecked = rejected.some(({ reason }) => !lacking.includes(reason));
      const signed = wasChecked ? ['it was signed with the secret of no pipeline'] : [];
      const reason = `nothing was done: ${[...signed, ...lacking].join('; ')}`;
      return ended('processed', outcomeOf({ ...about, event: 'unverified', reason }), verdicts);
    }
    const untimely = ageProblem(forge, delivery, webhook);
    if (untimely !== undefined) {
      const late = verified.map((pipeline) => verdictOf(id, pipeline, 'rejected', untimely));
      const outcome = outcomeOf({ ...about, event: 'unverified', reason: `nothing was done: ${untimely}` });
      return ended('processed', outcome, [...verdicts, ...late]);
    }

    const parsed = callPlugin(() => forge.forge.parseEvent(webhook));
    const forAll = (outcome: Verdict['outcome'], reason: string) => [
      ...verdicts,
      ...verified.map((pipeline) => verdictOf(id, pipeline, outcome, reason)),
    ];
    if (!parsed.ok) {
      const { reason } = parsed;
      return unreadable('failed', reason, { ...about, verified: true }, forAll('rejected', reason));
    }
    const event = parsed.value;
    if (event.kind === 'ignored') {
      const { reason } = event;
      const outcome = outcomeOf({ ...about, event: 'ignored', verified: true, reason });
      return ended('processed', outcome, forAll('skipped', reason));
    }
    const { ref, commit } = event;
    const outcome = outcomeOf({
      ...about,
      event: event.kind,
      ref,
      commit,
      verified: true,
      reason: describeEvent(event),
    });
    return { kind: 'event', event, outcome, pipelines: verified, verdicts };
  }

  /** Danube asked the forge for it itself, so that there is no signature. */
  async #readHistory(
    forge: ConfiguredForge,
    { payload }: DeliveryWithPayload,
    facts: DeliveryFacts,
  ): Promise<DeliveryReading> {
    const event = JSON.parse(Buffer.from(payload.body).toString()) as PushEvent;
    const building = await candidates(forge, event.repository, facts);
    if (!building.ok) return unreadable('failed', building.reason);
    const { ref, commit } = event;
    const about = { repository: event.repository.fullName, ref, commit, verified: true };
    if (building.value.length === 0) {
      const reason = `no pipeline builds ${describeRepository(event.repository)}`;
      return ended('processed', outcomeOf({ ...about, event: 'push', reason }));
    }
    const reason = `${describeEvent(event)}, of which no webhook had come`;
    const outcome = outcomeOf({ ...about, event: 'push', matched: true, reason });
    return { kind: 'event', event, outcome, pipelines: building.value, verdicts: [] };
  }
}

/** Only those of this forge: whoever knows the secret of one forge must not speak for another. */
async function candidates(
  { forge }: ConfiguredForge,
  { cloneUrls }: ForgeRepository,
  facts: DeliveryFacts,
): Promise<PluginAnswer<readonly Pipeline[]>> {
  const pipelines = await facts.pipelinesOf(cloneUrls);
  return callPlugin(() => pipelines.filter(({ spec }) => forge.servesRepository(spec.repository)));
}

function unreadable(
  status: 'processed' | 'failed',
  reason: string,
  about: Partial<DeliveryOutcome> = {},
  verdicts: readonly Verdict[] = [],
): DeliveryReading {
  return ended(status, outcomeOf({ ...about, event: 'unreadable', reason }), verdicts);
}
