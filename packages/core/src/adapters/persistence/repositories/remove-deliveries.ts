import type { DeliveryRepository } from '../../../services/ports/delivery-repository.js';
import type { Database } from '../database.js';
import { listParameter } from '../statements.js';

/** What a delivery takes besides its body, roughly. */
const rowBytes = 4096;

/** The newest stays whatever it is: SQLite would give its sequence to the next one, behind the back of who reads in order. */
const notTheNewest = 'sequence < (SELECT MAX(sequence) FROM deliveries)';

export async function removeOlder(
  database: Database,
  than: Parameters<DeliveryRepository['removeOlder']>[0],
  limit: number,
): Promise<number> {
  const rows: { sequence: number }[] = await database.read.query(
    `SELECT sequence FROM deliveries
     WHERE processed_at < CASE verified WHEN 0 THEN ? ELSE ? END AND ${notTheNewest}
     ORDER BY sequence LIMIT ?`,
    [than.unverified, than.verified, limit],
  );
  if (rows.length === 0) return 0;
  return database.execute('DELETE FROM deliveries WHERE sequence IN (SELECT value FROM json_each(?))', [
    listParameter(rows.map(({ sequence }) => sequence)),
  ]);
}

export async function trimUnverified(database: Database, maxBytes: number): Promise<number> {
  const [row]: { sequence: number }[] = await database.read.query(
    `SELECT sequence FROM (
       SELECT sequence, SUM(body_bytes + ${rowBytes}) OVER (ORDER BY sequence DESC) AS total
       FROM deliveries INDEXED BY deliveries_unverified WHERE verified = 0
     ) WHERE total > ? ORDER BY sequence DESC LIMIT 1`,
    [maxBytes],
  );
  if (row === undefined) return 0;
  return database.execute(`DELETE FROM deliveries WHERE verified = 0 AND sequence <= ? AND ${notTheNewest}`, [
    row.sequence,
  ]);
}
