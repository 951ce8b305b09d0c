import { inject, injectable } from 'tsyringe';
import type { Delivery, Verdict } from '../../../domain/delivery/delivery.js';
import type { DeliveryRepository } from '../../../services/ports/delivery-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { DeliveryRow } from '../entities/delivery-row.js';
import { VerdictRow } from '../entities/verdict-row.js';
import { insertInto, upsertInto } from '../statements.js';
import { toDelivery, toDeliveryRow, toVerdict, toVerdictRow } from './delivery-mapping.js';

@injectable()
export class SqlDeliveryRepository implements DeliveryRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async createOnce(delivery: Delivery): Promise<{ readonly delivery: Delivery; readonly created: boolean }> {
    const once = 'ON CONFLICT (forge, forge_delivery_id, body_sha256) WHERE forge_delivery_id IS NOT NULL DO NOTHING';
    const { sql, parameters } = insertInto('deliveries', toDeliveryRow(delivery), once);
    const created = (await this.database.execute(sql, parameters)) === 1;
    if (created || delivery.forgeDeliveryId === undefined) return { delivery, created };
    const row = await this.database.read.findOneByOrFail(DeliveryRow, {
      forge: delivery.forge,
      forge_delivery_id: delivery.forgeDeliveryId,
    });
    return { delivery: toDelivery(row), created };
  }

  async findById(id: string): Promise<Delivery | undefined> {
    const row = await this.database.read.findOneBy(DeliveryRow, { id });
    return row ? toDelivery(row) : undefined;
  }

  async listReceived(limit: number): Promise<readonly Delivery[]> {
    const rows: DeliveryRow[] = await this.database.read.query(
      `SELECT * FROM deliveries INDEXED BY deliveries_received WHERE status = 'received'
       ORDER BY received_at, sequence LIMIT ?`,
      [limit],
    );
    return rows.map(toDelivery);
  }

  finish(id: string, status: 'processed' | 'failed', verdicts: readonly Verdict[], processedAt: number): Promise<void> {
    return this.database.run(async () => {
      const statements = [
        ...upsertInto('verdicts', ['delivery_id', 'pipeline_id'], verdicts.map(toVerdictRow)),
        {
          sql: 'UPDATE deliveries SET status = ?, processed_at = ? WHERE id = ?',
          parameters: [status, processedAt, id],
        },
      ];
      for (const { sql, parameters } of statements) await this.database.execute(sql, parameters);
    });
  }

  async listVerdicts(deliveryId: string): Promise<readonly Verdict[]> {
    const rows = await this.database.read.find(VerdictRow, {
      where: { delivery_id: deliveryId },
      order: { pipeline_id: 'ASC' },
    });
    return rows.map(toVerdict);
  }
}
