import type { WebhookDelivery } from '@danube/plugin-api';
import type { Delivery } from '../../domain/delivery/delivery.js';
import { formatDuration } from '../../domain/time/format-duration.js';
import type { ConfiguredForge } from '../ports/extensions.js';
import { callPlugin } from './call-plugin.js';

/** What the standard for signed webhooks recommends; for how long a delivery is under way and clocks that differ. */
const toleranceMs = 5 * 60_000;

/**
 * Why a delivery that was signed rightly came in at the wrong time, as one does that somebody captured; undefined where it
 * did not. It is about the moment at which it came in, however long it had to wait afterwards, and not about a replay: who
 * asks for one knows how old it is.
 */
export function ageProblem(
  { forge }: ConfiguredForge,
  { source, receivedAt }: Delivery,
  webhook: WebhookDelivery,
): string | undefined {
  if (source === 'replay') return undefined;
  const sentAt = callPlugin(() => forge.sentAt?.(webhook));
  if (!sentAt.ok) return `it cannot be told when it was sent: ${sentAt.reason}`;
  const age = receivedAt - (sentAt.value ?? receivedAt);
  if (Math.abs(age) <= toleranceMs) return undefined;
  const order = age > 0 ? 'after' : 'before';
  const allowed = `it must be within ${formatDuration(toleranceMs)}`;
  const advice = 'if it is no captured one, compare the clocks of the forge and of this server, and replay it';
  return `it came in ${formatDuration(Math.abs(age))} ${order} it was sent; ${allowed}: ${advice}`;
}
