import type { Static } from 'typebox';
import type { Delivery, DeliveryPayload, Verdict } from '../../../domain/delivery/delivery.js';
import type { VerdictCounts } from '../../../services/ports/delivery-repository.js';
import type { DeliveryDetailSchema, DeliverySchema } from '../schemas/delivery.js';
import { isoTime, optionalIsoTime } from './iso-time.js';

export function deliveryView(delivery: Delivery, verdicts: VerdictCounts): Static<typeof DeliverySchema> {
  return { ...fieldsOf(delivery), verdict_counts: verdicts };
}

export function deliveryDetailView(
  delivery: Delivery,
  { headers, sealedHeaders }: DeliveryPayload,
  verdicts: readonly Verdict[],
): Static<typeof DeliveryDetailSchema> {
  const redacted = Object.fromEntries(Object.keys(sealedHeaders).map((name) => [name, '[redacted]']));
  return {
    ...fieldsOf(delivery),
    headers: { ...headers, ...redacted },
    verdicts: verdicts.map(({ pipelineId, outcome, reason, jobId }) => ({
      pipeline_id: pipelineId,
      outcome,
      reason,
      job_id: jobId,
    })),
  };
}

function fieldsOf(delivery: Delivery): Omit<Static<typeof DeliverySchema>, 'verdict_counts'> {
  const { outcome } = delivery;
  const postponed = delivery.status === 'received' && delivery.nextAttemptAt > 0;
  return {
    id: delivery.id,
    forge: delivery.forge,
    forge_delivery_id: delivery.forgeDeliveryId,
    source: delivery.source,
    replay_of: delivery.replayOf,
    received_at: isoTime(delivery.receivedAt),
    body_bytes: delivery.bodyBytes,
    status: delivery.status,
    attempts: delivery.attempts,
    next_attempt_at: postponed ? isoTime(delivery.nextAttemptAt) : undefined,
    processed_at: optionalIsoTime(delivery.processedAt),
    event: outcome?.event,
    repository: outcome?.repository,
    ref: outcome?.ref,
    commit: outcome?.commit,
    matched: outcome?.matched,
    verified: outcome?.verified,
    reason: outcome?.reason ?? delivery.waitReason,
  };
}
