import type { PushEvent } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import {
  verdictOutcomes,
  type Delivery,
  type DeliveryPayload,
  type Verdict,
} from '../../../domain/delivery/delivery.js';
import type { ReapedAmount } from '../../../domain/retention/reaper-report.js';
import { sameRepository } from '../../../domain/repository/repository-key.js';
import type {
  DeliveryAge,
  DeliveryEnd,
  DeliveryFilter,
  DeliveryRepository,
  DeliveryWithPayload,
  NewDelivery,
  VerdictCounts,
} from '../../../services/ports/delivery-repository.js';
import type { Page } from '../../../services/ports/job-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import type { DeliveryPayloadRow } from '../entities/delivery-payload-row.js';
import { DeliveryRow } from '../entities/delivery-row.js';
import { VerdictRow } from '../entities/verdict-row.js';
import { listParameter } from '../statements.js';
import { toDelivery, toPayload, toVerdict } from './delivery-mapping.js';
import { deliveryPageQuery } from './delivery-page-query.js';
import { finishDeliveries } from './finish-deliveries.js';
import { measureOlder, removeOlder, trimUnverified } from './remove-deliveries.js';
import { storeDeliveries } from './store-deliveries.js';

/** Bodies of received deliveries that are held in memory together. */
const pieceBytes = 32 * 1024 * 1024;

@injectable()
export class SqlDeliveryRepository implements DeliveryRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  storeOnce(
    deliveries: readonly NewDelivery[],
  ): Promise<readonly { readonly id: string; readonly duplicate: boolean }[]> {
    return this.database.runNext(() => storeDeliveries(this.database, deliveries));
  }

  async findById(id: string): Promise<Delivery | undefined> {
    const row = await this.database.read.findOneBy(DeliveryRow, { id });
    return row ? toDelivery(row) : undefined;
  }

  async findPayload(id: string): Promise<DeliveryPayload | undefined> {
    const [row]: DeliveryPayloadRow[] = await this.database.read.query(
      'SELECT * FROM delivery_payloads WHERE sequence = (SELECT sequence FROM deliveries WHERE id = ?)',
      [id],
    );
    return row ? toPayload(row) : undefined;
  }

  async list(
    filter: DeliveryFilter,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<Delivery>> {
    const { sql, parameters } = deliveryPageQuery(filter, page.limit + 1, page.cursor);
    const rows: DeliveryRow[] = await this.database.read.query(sql, [...parameters]);
    const items = rows.slice(0, page.limit).map(toDelivery);
    return { items, nextCursor: rows.length > page.limit ? items.at(-1)?.id : undefined };
  }

  async countVerdicts(ids: readonly string[]): Promise<ReadonlyMap<string, VerdictCounts>> {
    const sums = verdictOutcomes.map((outcome) => `SUM(outcome = '${outcome}') AS ${outcome}`);
    const rows: ({ readonly delivery_id: string } & VerdictCounts)[] = await this.database.read.query(
      `SELECT delivery_id, ${sums.join(', ')} FROM verdicts
       WHERE delivery_id IN (SELECT value FROM json_each(?)) GROUP BY delivery_id`,
      [listParameter(ids)],
    );
    const none = { triggered: 0, duplicate: 0, skipped: 0, rejected: 0 };
    const counts = new Map<string, VerdictCounts>(ids.map((id) => [id, none]));
    for (const { delivery_id, ...count } of rows) counts.set(delivery_id, count);
    return counts;
  }

  async listVerdicts(deliveryId: string): Promise<readonly Verdict[]> {
    const rows = await this.database.read.find(VerdictRow, {
      where: { delivery_id: deliveryId },
      order: { pipeline_id: 'ASC' },
    });
    return rows.map(toVerdict);
  }

  async listReceived(
    after: number,
    limit: number,
  ): Promise<{ readonly items: readonly DeliveryWithPayload[]; readonly last: number }> {
    const waiting: { sequence: number; body_bytes: number }[] = await this.database.read.query(
      `SELECT sequence, body_bytes FROM deliveries INDEXED BY deliveries_received
       WHERE status = 'received' AND sequence > ? ORDER BY sequence LIMIT ?`,
      [after, limit],
    );
    let bytes = 0;
    const piece = waiting.filter((row, index) => (bytes += row.body_bytes) <= pieceBytes || index === 0);
    const rows: (DeliveryRow & DeliveryPayloadRow)[] = await this.database.read.query(
      `SELECT * FROM deliveries CROSS JOIN delivery_payloads USING (sequence)
       WHERE sequence IN (SELECT value FROM json_each(?)) ORDER BY sequence`,
      [listParameter(piece.map(({ sequence }) => sequence))],
    );
    const items = rows.map((row) => ({ ...toDelivery(row), payload: toPayload(row) }));
    return { items, last: rows.at(-1)?.sequence ?? after };
  }

  async countReceivedBytes(): Promise<number> {
    const [row]: { bytes: number }[] = await this.database.read.query(
      `SELECT COALESCE(SUM(body_bytes), 0) AS bytes FROM deliveries INDEXED BY deliveries_received
       WHERE status = 'received'`,
    );
    return row?.bytes ?? 0;
  }

  async postpone(id: string, attempts: number, nextAttemptAt: number, reason: string): Promise<void> {
    await this.database.execute('UPDATE deliveries SET attempts = ?, next_attempt_at = ?, reason = ? WHERE id = ?', [
      attempts,
      nextAttemptAt,
      reason,
      id,
    ]);
  }

  finish(ends: readonly DeliveryEnd[]): Promise<void> {
    return this.database.run(() => finishDeliveries(this.database, ends));
  }

  async listLastReceived(): Promise<ReadonlyMap<string, number>> {
    const rows: { forge: string; at: number }[] = await this.database.read.query(
      `SELECT forge, MAX(received_at) AS at FROM deliveries INDEXED BY deliveries_last
       WHERE source = 'webhook' AND verified = 1 GROUP BY forge`,
    );
    return new Map(rows.map(({ forge, at }) => [forge, at]));
  }

  async isPushKnown(
    forge: string,
    { repository, ref, commit }: Pick<PushEvent, 'repository' | 'ref' | 'commit'>,
  ): Promise<boolean> {
    const deliveries: unknown[] = await this.database.read.query(
      'SELECT 1 FROM deliveries WHERE commit_sha = ? AND ref = ? AND forge = ? AND repository = ? LIMIT 1',
      [commit, ref, forge, repository.fullName],
    );
    if (deliveries.length > 0) return true;
    const jobs: { repository_url: string }[] = await this.database.read.query(
      'SELECT repository_url FROM jobs WHERE commit_sha = ? AND ref = ?',
      [commit, ref],
    );
    return jobs.some((job) => repository.cloneUrls.some((url) => sameRepository(url, job.repository_url)));
  }

  measureOlder(than: DeliveryAge): Promise<ReapedAmount> {
    return measureOlder(this.database, than);
  }

  removeOlder(than: DeliveryAge, limit: number): Promise<ReapedAmount> {
    return removeOlder(this.database, than, limit);
  }

  trimUnverified(maxBytes: number): Promise<number> {
    return trimUnverified(this.database, maxBytes);
  }
}
