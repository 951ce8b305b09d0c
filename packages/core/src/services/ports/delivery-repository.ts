import type { Delivery, Verdict } from '../../domain/delivery/delivery.js';

export interface DeliveryRepository {
  /** Stores it once: a second one with the same forge and forgeDeliveryId answers the stored row. */
  createOnce(delivery: Delivery): Promise<{ readonly delivery: Delivery; readonly created: boolean }>;
  findById(id: string): Promise<Delivery | undefined>;
  /** Oldest first: what was stored but not worked on yet. */
  listReceived(limit: number): Promise<readonly Delivery[]>;
  /** Stores the verdicts and the end of the work in one go. */
  finish(id: string, status: 'processed' | 'failed', verdicts: readonly Verdict[], processedAt: number): Promise<void>;
  listVerdicts(deliveryId: string): Promise<readonly Verdict[]>;
}
