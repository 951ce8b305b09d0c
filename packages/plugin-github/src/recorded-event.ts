import type { RecordedDelivery } from '@danube/plugin-api/testing';

/** A delivery before its headers are put on. */
export interface RecordedEvent {
  readonly event: string;
  readonly name: string;
  readonly body: string;
  /** Default: `application/json`. */
  readonly contentType?: string;
  readonly expected: RecordedDelivery['expected'];
}
