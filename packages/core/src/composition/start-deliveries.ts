import { Tokens } from '../services/tokens.js';
import type { Engine } from './engine.js';

/** What must be known before the first webhook of this life comes in. */
export interface DeliveryGap {
  /** When the last webhook of each forge had come in, by the forge's name. */
  readonly lastReceived: ReadonlyMap<string, number>;
}

/** Makes ready to take webhooks in: call it before the server listens. */
export async function prepareDeliveries({ container, persistence }: Engine): Promise<DeliveryGap> {
  await container.resolve(Tokens.DeliveryBacklog).load();
  return { lastReceived: await persistence.deliveries.listLastReceived() };
}

/** Works on what came in and asks for what did not. Needs the configuration in force. */
export function startDeliveries({ container, lifecycle }: Engine, { lastReceived }: DeliveryGap): void {
  const processing = container.resolve(Tokens.ProcessDeliveries);
  lifecycle.onStop('deliveries', () => processing.close());
  processing.open();

  const stopping = new AbortController();
  const search = container.resolve(Tokens.FindMissedPushes).execute(lastReceived, stopping.signal);
  lifecycle.onStop('search for missed pushes', () => {
    stopping.abort(new Error('the server stops'));
    return search;
  });
}
