import { inject, injectable } from 'tsyringe';
import type { DeliveryRepository } from '../ports/delivery-repository.js';
import { Tokens } from '../tokens.js';
import { deliveryBacklogFull } from './delivery-errors.js';

/** Bodies that may wait: whoever can reach the server can send webhooks, and must not be able to fill the disk. */
export const backlogLimitBytes = 1024 * 1024 * 1024;

/** How much waits to be worked on. */
@injectable()
export class DeliveryBacklog {
  #bytes = 0;

  constructor(@inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository) {}

  /** Takes over what an earlier life of the server left. Call it once, before anything is added. */
  async load(): Promise<void> {
    this.#bytes = await this.deliveries.countReceivedBytes();
  }

  /** @throws DanubeError `delivery_backlog_full` (unavailable) */
  add(bytes: number): void {
    if (this.#bytes + bytes > backlogLimitBytes) throw deliveryBacklogFull(backlogLimitBytes);
    this.#bytes += bytes;
  }

  remove(bytes: number): void {
    this.#bytes -= bytes;
  }
}
