import { createHash } from 'node:crypto';
import type { Delivery, DeliveryOutcome, DeliveryPayload, Verdict } from '../../../domain/delivery/delivery.js';
import type { NewDelivery } from '../../../services/ports/delivery-repository.js';
import type { DeliveryPayloadRow } from '../entities/delivery-payload-row.js';
import type { DeliveryRow } from '../entities/delivery-row.js';
import type { VerdictRow } from '../entities/verdict-row.js';

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    forge: row.forge,
    forgeDeliveryId: row.forge_delivery_id ?? undefined,
    source: row.source as Delivery['source'],
    replayOf: row.replay_of ?? undefined,
    receivedAt: row.received_at,
    bodyBytes: row.body_bytes,
    status: row.status as Delivery['status'],
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    waitReason: row.event === null ? (row.reason ?? undefined) : undefined,
    processedAt: row.processed_at ?? undefined,
    outcome: toOutcome(row),
  };
}

function toOutcome(row: DeliveryRow): DeliveryOutcome | undefined {
  if (row.event === null) return undefined;
  return {
    event: row.event as DeliveryOutcome['event'],
    repository: row.repository ?? undefined,
    ref: row.ref ?? undefined,
    commit: row.commit_sha ?? undefined,
    matched: row.matched === 1,
    verified: row.verified === 1,
    reason: row.reason ?? '',
  };
}

export function toPayload(row: DeliveryPayloadRow): DeliveryPayload {
  return {
    headers: JSON.parse(row.headers) as Record<string, string>,
    sealedHeaders: JSON.parse(row.sealed_headers) as Record<string, string>,
    body: row.body,
  };
}

/** Without `sequence`, which the database gives, and what the work on it will give. */
export function toNewDeliveryRow({ payload, ...delivery }: NewDelivery) {
  return {
    id: delivery.id,
    forge: delivery.forge,
    forge_delivery_id: delivery.forgeDeliveryId ?? null,
    source: delivery.source,
    replay_of: delivery.replayOf ?? null,
    body_sha256: createHash('sha256').update(payload.body).digest('hex'),
    body_bytes: payload.body.byteLength,
    received_at: delivery.receivedAt,
    status: 'received',
    attempts: 0,
    next_attempt_at: 0,
  };
}

export function toPayloadRow(sequence: number, { headers, sealedHeaders, body }: DeliveryPayload): DeliveryPayloadRow {
  return {
    sequence,
    headers: JSON.stringify(headers),
    sealed_headers: JSON.stringify(sealedHeaders),
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  };
}

export function toOutcomeColumns(outcome: DeliveryOutcome) {
  return {
    event: outcome.event,
    repository: outcome.repository ?? null,
    ref: outcome.ref ?? null,
    commit_sha: outcome.commit ?? null,
    matched: Number(outcome.matched),
    verified: Number(outcome.verified),
    reason: outcome.reason,
  };
}

export function toVerdict(row: VerdictRow): Verdict {
  return {
    deliveryId: row.delivery_id,
    pipelineId: row.pipeline_id,
    outcome: row.outcome as Verdict['outcome'],
    reason: row.reason,
    jobId: row.job_id ?? undefined,
  };
}

export function toVerdictRow(verdict: Verdict): VerdictRow {
  return {
    delivery_id: verdict.deliveryId,
    pipeline_id: verdict.pipelineId,
    outcome: verdict.outcome,
    reason: verdict.reason,
    job_id: verdict.jobId ?? null,
  };
}
