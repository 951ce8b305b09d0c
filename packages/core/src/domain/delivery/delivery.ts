/** Where a delivery came from: the forge sent it, the forge's history told of it later, or somebody asked for it again. */
export const deliverySources = ['webhook', 'history', 'replay'] as const;
export type DeliverySource = (typeof deliverySources)[number];

/**
 * `received`: stored and not worked on to its end. `processed`: everything about it was decided. `failed`: it could not be
 * worked on, which is worth a look and a replay.
 */
export const deliveryStatuses = ['received', 'processed', 'failed'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** What a delivery turned out to be. `unverified`: no pipeline's secret signed it, so that nobody looked further. */
export const deliveryEvents = ['push', 'pull_request', 'ignored', 'unverified', 'unreadable'] as const;
export type DeliveryEvent = (typeof deliveryEvents)[number];

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
  readonly receivedAt: number;
  readonly bodyBytes: number;
  readonly status: DeliveryStatus;
  /** Attempts that failed for a reason that may pass. */
  readonly attempts: number;
  /** Not worked on before this time, in milliseconds since the epoch; 0: at once. */
  readonly nextAttemptAt: number;
  /** Why the last attempt failed, in words; undefined once it was worked on. */
  readonly waitReason: string | undefined;
  readonly processedAt: number | undefined;
  /** Undefined until it was worked on. */
  readonly outcome: DeliveryOutcome | undefined;
}

/** What came over the network. */
export interface DeliveryPayload {
  /** Without those that hold a secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that hold a secret, each value encrypted, as base64. */
  readonly sealedHeaders: Readonly<Record<string, string>>;
  /** As it came; of a `history` delivery the event as JSON. */
  readonly body: Uint8Array;
}

/** What a delivery was about, as far as it could be read, and what it came to. */
export interface DeliveryOutcome {
  readonly event: DeliveryEvent;
  readonly repository: string | undefined;
  readonly ref: string | undefined;
  readonly commit: string | undefined;
  /** Whether any pipeline builds the repository. */
  readonly matched: boolean;
  /** Whether it came from the forge: a pipeline's secret signed it, or Danube itself asked for it. */
  readonly verified: boolean;
  /** In words, for example `no pipeline builds github.com/octo/hello`. */
  readonly reason: string;
}

export const verdictOutcomes = ['triggered', 'duplicate', 'skipped', 'rejected'] as const;
export type VerdictOutcome = (typeof verdictOutcomes)[number];

/** What a delivery did to one pipeline, and why, in words. */
export interface Verdict {
  readonly deliveryId: string;
  readonly pipelineId: string;
  readonly outcome: VerdictOutcome;
  readonly reason: string;
  readonly jobId: string | undefined;
}
