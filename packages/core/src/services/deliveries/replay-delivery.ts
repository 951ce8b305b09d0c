import { inject, injectable } from 'tsyringe';
import type { Clock } from '../ports/clock.js';
import type { DeliveryRepository } from '../ports/delivery-repository.js';
import type { Extensions } from '../ports/extensions.js';
import type { IdGenerator } from '../ports/id-generator.js';
import { Tokens } from '../tokens.js';
import { deliveryNotFound, deliveryNotReplayable } from './delivery-errors.js';
import type { DeliveryHeaders } from './delivery-headers.js';
import type { DeliveryIntake } from './delivery-intake.js';
import type { ProcessDeliveries } from './process-deliveries.js';

/** Works on a stored delivery once more, with the configuration and the secrets of today. */
@injectable()
export class ReplayDelivery {
  constructor(
    @inject(Tokens.DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @inject(Tokens.Extensions) private readonly extensions: Extensions,
    @inject(Tokens.DeliveryHeaders) private readonly headers: DeliveryHeaders,
    @inject(Tokens.DeliveryIntake) private readonly intake: DeliveryIntake,
    @inject(Tokens.ProcessDeliveries) private readonly processing: ProcessDeliveries,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.Clock) private readonly clock: Clock,
  ) {}

  /**
   * Answers the id of a new delivery with the same headers and body. Each call makes another one.
   * @throws DanubeError `delivery_not_found`, `delivery_not_replayable`, and those of {@link DeliveryIntake.store}
   */
  async execute(originalId: string): Promise<string> {
    const original = await this.deliveries.findById(originalId);
    const payload = await this.deliveries.findPayload(originalId);
    if (original === undefined || payload === undefined) throw deliveryNotFound(originalId);
    if (original.status === 'received') throw deliveryNotReplayable(originalId);
    const id = this.ids.newId();
    const { forge } = original;
    const configured = this.extensions.current.forges.find(({ name }) => name === forge);
    const secret = [...Object.keys(payload.sealedHeaders), ...(configured?.forge.credentialHeaders ?? [])];
    await this.intake.store({
      id,
      forge,
      forgeDeliveryId: undefined,
      // what came over the forge's API has no signature that could be checked again
      source: original.source === 'history' ? 'history' : 'replay',
      replayOf: originalId,
      receivedAt: this.clock.now(),
      payload: { ...this.headers.seal(id, this.headers.open(originalId, payload), secret), body: payload.body },
    });
    this.processing.wake();
    return id;
  }
}
