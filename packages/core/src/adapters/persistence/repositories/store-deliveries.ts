import type { NewDelivery } from '../../../services/ports/delivery-repository.js';
import type { Database } from '../database.js';
import type { DeliveryRow } from '../entities/delivery-row.js';
import { insertAll } from '../statements.js';
import { toNewDeliveryRow, toPayloadRow } from './delivery-mapping.js';

type NewRow = ReturnType<typeof toNewDeliveryRow>;

const once = `ON CONFLICT (forge, forge_delivery_id, body_sha256)
  WHERE forge_delivery_id IS NOT NULL AND status <> 'failed' AND verified IS NOT 0 DO NOTHING RETURNING sequence, id`;

/** Part of a unit of work: inserts what is not there yet, and answers for each which stored delivery stands for it. */
export async function storeDeliveries(
  database: Database,
  deliveries: readonly NewDelivery[],
): Promise<readonly { readonly id: string; readonly duplicate: boolean }[]> {
  const rows = deliveries.map(toNewDeliveryRow);
  const sequences = new Map<string, number>();
  for (const { sql, parameters } of insertAll('deliveries', rows, once)) {
    const stored = await database.executeReturning<Pick<DeliveryRow, 'sequence' | 'id'>>(sql, parameters);
    for (const { sequence, id } of stored) sequences.set(id, sequence);
  }
  const payloads = deliveries.flatMap(({ id, payload }) => {
    const sequence = sequences.get(id);
    return sequence === undefined ? [] : [toPayloadRow(sequence, payload)];
  });
  for (const { sql, parameters } of insertAll('delivery_payloads', payloads)) await database.execute(sql, parameters);

  const answers = [];
  for (const row of rows) {
    const duplicate = !sequences.has(row.id);
    answers.push({ id: duplicate ? await findStored(database, row) : row.id, duplicate });
  }
  return answers;
}

async function findStored(database: Database, row: NewRow): Promise<string> {
  const [stored]: { id: string }[] = await database.read.query(
    `SELECT id FROM deliveries WHERE forge = ? AND forge_delivery_id = ? AND body_sha256 = ?
     AND forge_delivery_id IS NOT NULL AND status <> 'failed' AND verified IS NOT 0`,
    [row.forge, row.forge_delivery_id, row.body_sha256],
  );
  return stored?.id ?? row.id;
}
