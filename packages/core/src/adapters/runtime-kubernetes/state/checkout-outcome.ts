import type { V1Pod } from '@kubernetes/client-node';
import type { CheckoutOutcome } from '../../../services/ports/checkout-program.js';
import { containers } from '../pod-layout.js';
import { observeContainer } from './container-status.js';

/** What the checkout left in the status of its pod; undefined while it is not known to have ended. */
export function checkoutOutcome(pod: V1Pod | undefined): CheckoutOutcome | undefined {
  const end = pod && observeContainer(pod, containers.checkout)?.status?.state?.terminated;
  return end && { exitCode: end.exitCode, message: end.message ?? '' };
}
