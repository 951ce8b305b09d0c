import { inject, injectable } from 'tsyringe';
import type { DeliveryRepository, NewDelivery } from '../ports/delivery-repository.js';
import type { RequestContext } from '../ports/request-context.js';
import { Tokens } from '../tokens.js';
import type { DeliveryBacklog } from './delivery-backlog.js';
import { deliveryNotStored } from './delivery-errors.js';

export interface StoredDelivery {
  readonly id: string;
  /** It was stored before, under this id. */
  readonly duplicate: boolean;
}

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: (stored: StoredDelivery) => void;
  readonly reject: (error: unknown) => void;
}

/** Large enough for a burst; the writer is not held for long by it. */
const groupSize = 100;

/** Stores deliveries. Those that come while the database writes one group become the next: one commit for all of them. */
@injectable()
export class DeliveryIntake {
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.DeliveryBacklog) private readonly backlog: DeliveryBacklog,
    @inject(Tokens.RequestContext) private readonly context: RequestContext,
  ) {}

  /**
   * Resolves after the commit.
   * @throws DanubeError `delivery_backlog_full`, `delivery_not_stored` (both unavailable); nothing of it is stored then
   */
  store(delivery: NewDelivery): Promise<StoredDelivery> {
    this.backlog.add(delivery.payload.body.byteLength);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject });
      // a group belongs to none of the requests that are in it
      if (!this.#writing) void this.context.leave(() => this.#write());
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, groupSize);
      try {
        const stored = await this.deliveries.storeOnce(group.map(({ delivery }) => delivery));
        group.forEach((waiting, index) => this.#settle(waiting, stored[index]!));
      } catch (error) {
        for (const { delivery, reject } of group) {
          this.backlog.remove(delivery.payload.body.byteLength);
          reject(deliveryNotStored(error));
        }
      }
    }
    this.#writing = false;
  }

  #settle({ delivery, resolve }: Waiting, stored: StoredDelivery): void {
    if (stored.duplicate) this.backlog.remove(delivery.payload.body.byteLength);
    resolve(stored);
  }
}
