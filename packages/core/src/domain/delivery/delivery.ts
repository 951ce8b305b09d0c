/** One received webhook, stored before it is answered. */
export interface Delivery {
  readonly id: string;
  readonly forge: string;
  /** The forge's own id of the delivery, where it sends one: receiving it twice stores it once. */
  readonly forgeDeliveryId: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly receivedAt: number;
  readonly status: 'received' | 'processed' | 'failed';
  readonly processedAt: number | undefined;
}

/** What a delivery did to one pipeline, and why, in words. */
export interface Verdict {
  readonly deliveryId: string;
  readonly pipelineId: string;
  readonly outcome: 'triggered' | 'duplicate' | 'skipped' | 'rejected';
  readonly reason: string;
  readonly jobId: string | undefined;
}
