import type { ReapedAmount } from '../../../domain/retention/reaper-report.js';
import type { DeliveryAge } from '../../../services/ports/delivery-repository.js';
import type { Database } from '../database.js';
import { listParameter } from '../statements.js';

/** What a delivery takes, roughly: a stranger chooses its body, its headers and, by the repository, how many verdicts. */
const takenBytes = `body_bytes + 4096
  + (SELECT LENGTH(headers) + LENGTH(sealed_headers) FROM delivery_payloads p WHERE p.sequence = d.sequence)
  + 256 * (SELECT COUNT(*) FROM verdicts v WHERE v.delivery_id = d.id)`;

/** The newest stays whatever it is: SQLite would give its sequence to the next one, behind the back of who reads in order. */
const notTheNewest = 'sequence < (SELECT MAX(sequence) FROM deliveries)';

const isOlder = `processed_at < CASE verified WHEN 0 THEN ? ELSE ? END AND ${notTheNewest}`;

export async function measureOlder(database: Database, than: DeliveryAge): Promise<ReapedAmount> {
  const [row]: { count: number; bytes: number; oldest: number | null }[] = await database.read.query(
    `SELECT COUNT(*) AS count, COALESCE(SUM(body_bytes), 0) AS bytes, MIN(processed_at) AS oldest
     FROM deliveries WHERE ${isOlder}`,
    [than.unverified, than.verified],
  );
  return { count: row?.count ?? 0, bytes: row?.bytes ?? 0, oldest: row?.oldest ?? undefined };
}

export async function removeOlder(database: Database, than: DeliveryAge, limit: number): Promise<ReapedAmount> {
  const rows: { sequence: number; body_bytes: number; processed_at: number }[] = await database.read.query(
    `SELECT sequence, body_bytes, processed_at FROM deliveries WHERE ${isOlder} ORDER BY sequence LIMIT ?`,
    [than.unverified, than.verified, limit],
  );
  if (rows.length === 0) return { count: 0, bytes: 0, oldest: undefined };
  const count = await database.execute('DELETE FROM deliveries WHERE sequence IN (SELECT value FROM json_each(?))', [
    listParameter(rows.map(({ sequence }) => sequence)),
  ]);
  const bytes = rows.reduce((sum, row) => sum + row.body_bytes, 0);
  return { count, bytes, oldest: Math.min(...rows.map((row) => row.processed_at)) };
}

export async function trimUnverified(database: Database, maxBytes: number): Promise<number> {
  const [row]: { sequence: number }[] = await database.read.query(
    `SELECT sequence FROM (
       SELECT sequence, SUM(${takenBytes}) OVER (ORDER BY sequence DESC) AS total
       FROM deliveries d INDEXED BY deliveries_unverified WHERE verified = 0
     ) WHERE total > ? ORDER BY sequence DESC LIMIT 1`,
    [maxBytes],
  );
  if (row === undefined) return 0;
  return database.execute(`DELETE FROM deliveries WHERE verified = 0 AND sequence <= ? AND ${notTheNewest}`, [
    row.sequence,
  ]);
}
