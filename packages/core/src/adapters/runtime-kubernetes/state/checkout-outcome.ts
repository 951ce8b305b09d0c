import type { V1Pod } from '@kubernetes/client-node';
import type { CheckoutOutcome } from '../../../services/ports/checkout-program.js';
import { containers } from '../pod-layout.js';
import { observeContainer } from './container-status.js';

/** What the checkout left in the status of its pod; of one that is not known to have ended, a failure without words. */
export function checkoutOutcome(pod: V1Pod | undefined): CheckoutOutcome {
  const end = pod && observeContainer(pod, containers.checkout)?.status?.state?.terminated;
  return { exitCode: end?.exitCode ?? 1, message: end?.message ?? '' };
}
