import { inject, injectable } from 'tsyringe';
import type { DeliveryRepository, NewDelivery } from '../ports/delivery-repository.js';
import type { RequestContext } from '../ports/request-context.js';
import { Tokens } from '../tokens.js';
import type { DeliveryBacklog } from './delivery-backlog.js';
import { deliveryNotStored } from './delivery-errors.js';
import { GroupedWrites } from './grouped-writes.js';

export interface StoredDelivery {
  readonly id: string;
  /** It was stored before, under this id. */
  readonly duplicate: boolean;
}

/** Large enough for a burst, and the writer is not held for long; each commit costs more than what is in it. */
const grouping = { size: 100, spacingMs: 10 };

/** Stores deliveries, those that come at about the same time with one commit. */
@injectable()
export class DeliveryIntake {
  readonly #writes: GroupedWrites<NewDelivery, StoredDelivery>;

  constructor(
    @inject(Tokens.DeliveryRepository) deliveries: DeliveryRepository,
    @inject(Tokens.DeliveryBacklog) private readonly backlog: DeliveryBacklog,
    @inject(Tokens.RequestContext) context: RequestContext,
  ) {
    this.#writes = new GroupedWrites((group) => deliveries.storeOnce(group), grouping, context);
  }

  /**
   * Resolves after the commit.
   * @throws DanubeError `delivery_backlog_full`, `delivery_not_stored` (both unavailable); nothing of it is stored then
   */
  async store(delivery: NewDelivery): Promise<StoredDelivery> {
    const bytes = delivery.payload.body.byteLength;
    this.backlog.add(bytes);
    try {
      const stored = await this.#writes.add(delivery);
      if (stored.duplicate) this.backlog.remove(bytes);
      return stored;
    } catch (error) {
      this.backlog.remove(bytes);
      throw deliveryNotStored(error);
    }
  }

  /** Forges wait for an answer now: whatever can wait should. True nearly always where processor or disk are short. */
  get isWriting(): boolean {
    return this.#writes.isWriting;
  }
}
