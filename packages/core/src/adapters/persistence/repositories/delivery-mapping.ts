import { createHash } from 'node:crypto';
import type { Delivery, DeliveryOutcome, Verdict } from '../../../domain/delivery/delivery.js';
import type { DeliveryRow } from '../entities/delivery-row.js';
import type { VerdictRow } from '../entities/verdict-row.js';

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    forge: row.forge,
    forgeDeliveryId: row.forge_delivery_id ?? undefined,
    source: row.source as Delivery['source'],
    replayOf: row.replay_of ?? undefined,
    headers: JSON.parse(row.headers) as Record<string, string>,
    body: row.body,
    receivedAt: row.received_at,
    status: row.status as Delivery['status'],
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
    reason: row.reason ?? '',
  };
}

/** Without `sequence`, which the database gives. */
export function toDeliveryRow(delivery: Delivery): Omit<DeliveryRow, 'sequence'> {
  return {
    id: delivery.id,
    forge: delivery.forge,
    forge_delivery_id: delivery.forgeDeliveryId ?? null,
    source: delivery.source,
    replay_of: delivery.replayOf ?? null,
    body_sha256: createHash('sha256').update(delivery.body).digest('hex'),
    headers: JSON.stringify(delivery.headers),
    body: Buffer.from(delivery.body),
    received_at: delivery.receivedAt,
    status: delivery.status,
    processed_at: delivery.processedAt ?? null,
    ...toOutcomeColumns(delivery.outcome),
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

export function toOutcomeColumns(outcome: DeliveryOutcome | undefined) {
  return {
    event: outcome?.event ?? null,
    repository: outcome?.repository ?? null,
    ref: outcome?.ref ?? null,
    commit_sha: outcome?.commit ?? null,
    matched: outcome === undefined ? null : Number(outcome.matched),
    reason: outcome?.reason ?? null,
  };
}
