import type { operations } from '../api/schema.ts';

type DeliveryQuery = NonNullable<operations['listDeliveries']['parameters']['query']>;

export const deliveryStatuses = ['received', 'processed', 'failed'] as const;
export const deliveryEvents = ['push', 'pull_request', 'ignored', 'unverified', 'unreadable'] as const;

/** As it stands in the address. */
export interface DeliveryFilter {
  readonly forge?: string;
  readonly pipeline?: string;
  readonly status?: string;
  readonly event?: string;
}

/** What to ask the server. Values that it would refuse, as of an address typed by hand, filter nothing. */
export function toDeliveryQuery({ forge, pipeline, status, event }: DeliveryFilter): DeliveryQuery {
  return {
    forge,
    pipeline,
    status: deliveryStatuses.find((known) => known === status),
    event: deliveryEvents.find((known) => known === event),
  };
}
