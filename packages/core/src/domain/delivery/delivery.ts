/** Where a delivery came from: the forge sent it, the forge's history told of it later, or somebody asked for it again. */
export type DeliverySource = 'webhook' | 'history' | 'replay';

/** One received webhook, stored before it is answered. */
export interface Delivery {
  readonly id: string;
  /** Name of the forge's entry in the configuration. */
  readonly forge: string;
  /** The forge's own id of the delivery, where it sends one: receiving it twice with the same body stores it once. */
  readonly forgeDeliveryId: string | undefined;
  readonly source: DeliverySource;
  /** The delivery that this one repeats. */
  readonly replayOf: string | undefined;
  /** Values of headers that hold a secret are encrypted. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came; of a `history` delivery the event as JSON. */
  readonly body: Uint8Array;
  readonly receivedAt: number;
  readonly status: 'received' | 'processed' | 'failed';
  readonly processedAt: number | undefined;
  /** Undefined until it was worked on. */
  readonly outcome: DeliveryOutcome | undefined;
}

/** What a delivery was about, as far as it could be read, and what it came to. */
export interface DeliveryOutcome {
  readonly event: 'push' | 'pull_request' | 'ignored' | 'unreadable';
  readonly repository: string | undefined;
  readonly ref: string | undefined;
  readonly commit: string | undefined;
  /** Whether any pipeline builds the repository. */
  readonly matched: boolean;
  /** In words, for example `no pipeline builds github.com/octo/hello`. */
  readonly reason: string;
}

/** What a delivery did to one pipeline, and why, in words. */
export interface Verdict {
  readonly deliveryId: string;
  readonly pipelineId: string;
  readonly outcome: 'triggered' | 'duplicate' | 'skipped' | 'rejected';
  readonly reason: string;
  readonly jobId: string | undefined;
}
