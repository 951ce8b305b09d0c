/** A delivery as the REST API shows it. */
export interface DeliveryView {
  readonly id: string;
  readonly forge: string;
  readonly forge_delivery_id?: string;
  readonly source: 'webhook' | 'history' | 'replay';
  readonly replay_of?: string;
  readonly received_at: string;
  readonly body_bytes: number;
  readonly status: 'received' | 'processed' | 'failed';
  readonly next_attempt_at?: string;
  readonly event?: string;
  readonly repository?: string;
  readonly ref?: string;
  readonly commit?: string;
  /** Before it was worked on: why the last attempt failed. */
  readonly reason?: string;
}

export interface ListedDelivery extends DeliveryView {
  readonly verdict_counts: Readonly<Record<string, number>>;
}

export interface DeliveryDetails extends DeliveryView {
  readonly headers: Readonly<Record<string, string>>;
  readonly verdicts: readonly {
    readonly pipeline_id: string;
    readonly outcome: string;
    readonly reason: string;
    readonly job_id?: string;
  }[];
}
