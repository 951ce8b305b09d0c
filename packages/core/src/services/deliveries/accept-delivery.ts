import type { WebhookDelivery } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { Clock } from '../ports/clock.js';
import type { ConfiguredForge, Extensions } from '../ports/extensions.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { Tokens } from '../tokens.js';
import { forgeNotEnabled } from './delivery-errors.js';
import type { DeliveryHeaders } from './delivery-headers.js';
import type { DeliveryIntake, StoredDelivery } from './delivery-intake.js';
import type { ProcessDeliveries } from './process-deliveries.js';

const longestForgeId = 200;

/** Takes webhooks in: stores them, whoever sent them. What they are is found out afterwards. */
@injectable()
export class AcceptDelivery {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.Extensions) private readonly extensions: Extensions,
    @inject(Tokens.DeliveryHeaders) private readonly headers: DeliveryHeaders,
    @inject(Tokens.DeliveryIntake) private readonly intake: DeliveryIntake,
    @inject(Tokens.ProcessDeliveries) private readonly processing: ProcessDeliveries,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.deliveries');
  }

  /** @throws DanubeError `forge_not_enabled` (not_found), so that a body need not be read for nothing. */
  requireForge(name: string): ConfiguredForge {
    const { forges } = this.extensions.current;
    const forge = forges.find((one) => one.name === name);
    if (forge === undefined)
      throw forgeNotEnabled(
        name,
        forges.map((one) => one.name),
      );
    return forge;
  }

  /**
   * Resolves once it is stored. Receiving the same one again is harmless.
   * @throws DanubeError `forge_not_enabled`, and those of {@link DeliveryIntake.store}
   */
  async execute(forgeName: string, webhook: WebhookDelivery): Promise<StoredDelivery> {
    const forge = this.requireForge(forgeName);
    const id = this.ids.newId();
    const stored = await this.intake.store({
      id,
      forge: forge.name,
      forgeDeliveryId: this.#forgeDeliveryId(forge, webhook),
      source: 'webhook',
      replayOf: undefined,
      receivedAt: this.clock.now(),
      payload: { ...this.headers.seal(id, webhook.headers, forge.forge.credentialHeaders), body: webhook.body },
    });
    if (!stored.duplicate) this.processing.wake();
    return stored;
  }

  /** A delivery without a usable id is stored all the same: losing it would be worse than working on it twice. */
  #forgeDeliveryId({ name, forge }: ConfiguredForge, webhook: WebhookDelivery): string | undefined {
    try {
      const id = forge.deliveryId(webhook);
      const isUsable = id !== undefined && id.length <= longestForgeId && /^[^\p{Cc}\p{Bidi_Control}]+$/u.test(id);
      return isUsable ? id : undefined;
    } catch (error) {
      this.#logger.warn('a forge could not tell the id of a delivery', { forge: name, err: error });
      return undefined;
    }
  }
}
