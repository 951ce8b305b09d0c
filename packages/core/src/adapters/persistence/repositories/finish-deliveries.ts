import { DanubeError } from '@danube/plugin-api';
import type { DeliveryEnd } from '../../../services/ports/delivery-repository.js';
import type { Database } from '../database.js';
import { upsertInto } from '../statements.js';
import { toOutcomeColumns, toVerdictRow } from './delivery-mapping.js';

const columns = [
  'status',
  'processed_at',
  'event',
  'repository',
  'ref',
  'commit_sha',
  'matched',
  'verified',
  'reason',
] as const;

const update = `UPDATE deliveries INDEXED BY deliveries_id SET ${columns.map((name) => `${name} = ended.value ->> '${name}'`).join(', ')}
  FROM json_each(?) AS ended WHERE deliveries.id = ended.value ->> 'id' AND status = 'received'`;

/** Part of a unit of work: stores the ends and verdicts of several deliveries with few statements. */
export async function finishDeliveries(database: Database, ends: readonly DeliveryEnd[]): Promise<void> {
  const rows = ends.map(({ id, status, processedAt, outcome }) => ({
    id,
    status,
    processed_at: processedAt,
    ...toOutcomeColumns(outcome),
  }));
  const finished = await database.execute(update, [JSON.stringify(rows)]);
  if (finished !== ends.length) throw alreadyFinished(ends.map(({ id }) => id));
  const verdicts = ends.flatMap((end) => end.verdicts.map(toVerdictRow));
  for (const { sql, parameters } of upsertInto('verdicts', ['delivery_id', 'pipeline_id'], verdicts)) {
    await database.execute(sql, parameters);
  }
}

function alreadyFinished(ids: readonly string[]): DanubeError {
  return new DanubeError('delivery_already_finished', `already worked on: delivery ${ids.join(', ')}`, {
    category: 'conflict',
  });
}
