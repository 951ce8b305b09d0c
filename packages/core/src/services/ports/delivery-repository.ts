import type { PushEvent } from '@danube/plugin-api';
import type {
  Delivery,
  DeliveryEvent,
  DeliveryOutcome,
  DeliveryPayload,
  DeliveryStatus,
  Verdict,
  VerdictOutcome,
} from '../../domain/delivery/delivery.js';
import type { ReapedAmount } from '../../domain/retention/reaper-report.js';
import type { Page } from './job-repository.js';

/** A delivery that was not worked on yet. */
export interface NewDelivery extends Pick<
  Delivery,
  'id' | 'forge' | 'forgeDeliveryId' | 'source' | 'replayOf' | 'receivedAt'
> {
  readonly payload: DeliveryPayload;
}

export type DeliveryWithPayload = Delivery & { readonly payload: DeliveryPayload };

/** How the work on a delivery ended. */
export interface DeliveryEnd {
  readonly id: string;
  readonly status: 'processed' | 'failed';
  readonly outcome: DeliveryOutcome;
  readonly verdicts: readonly Verdict[];
  readonly processedAt: number;
}

export interface DeliveryFilter {
  readonly forge?: string;
  readonly status?: DeliveryStatus;
  readonly matched?: boolean;
  readonly event?: DeliveryEvent;
  /** Id of a pipeline that it has a verdict for. */
  readonly pipelineId?: string;
}

/** Milliseconds since the epoch. */
export interface DeliveryAge {
  readonly verified: number;
  readonly unverified: number;
}

export type VerdictCounts = Readonly<Record<VerdictOutcome, number>>;

export interface DeliveryRepository {
  /**
   * Stores all or none of them, in this order, and answers for each whether it was stored, or which stored one has the same
   * forge, forge's id and body. One that was not verified or failed does not count: the forge's next attempt may be better.
   */
  storeOnce(
    deliveries: readonly NewDelivery[],
  ): Promise<readonly { readonly id: string; readonly duplicate: boolean }[]>;
  findById(id: string): Promise<Delivery | undefined>;
  findPayload(id: string): Promise<DeliveryPayload | undefined>;
  /** Newest first. `cursor` is a delivery's id (keyset pagination). */
  list(filter: DeliveryFilter, page: { readonly limit: number; readonly cursor?: string }): Promise<Page<Delivery>>;
  /** How many verdicts of each kind the deliveries have; every id is in the answer. */
  countVerdicts(ids: readonly string[]): Promise<ReadonlyMap<string, VerdictCounts>>;
  listVerdicts(deliveryId: string): Promise<readonly Verdict[]>;
  /**
   * What was stored but not worked on yet, in the order in which it came, in pieces that fit into memory. Pass `last` of one
   * answer as `after` of the next; 0 begins with the oldest.
   */
  listReceived(
    after: number,
    limit: number,
  ): Promise<{ readonly items: readonly DeliveryWithPayload[]; readonly last: number }>;
  /** Bytes of the bodies that wait to be worked on. */
  countReceivedBytes(): Promise<number>;
  /** Puts the next attempt off, for a reason in words. */
  postpone(id: string, attempts: number, nextAttemptAt: number, reason: string): Promise<void>;
  /**
   * Stores the ends of the work on these deliveries, with their verdicts, in one go; joins the caller's transaction.
   * @throws DanubeError `delivery_already_finished` (conflict)
   */
  finish(ends: readonly DeliveryEnd[]): Promise<void>;
  /** When the last verified webhook of each forge came in, by the forge's name. */
  listLastReceived(): Promise<ReadonlyMap<string, number>>;
  /** Whether a delivery of the forge or a job is about this repository, ref and commit. */
  isPushKnown(forge: string, push: Pick<PushEvent, 'repository' | 'ref' | 'commit'>): Promise<boolean>;
  /** What {@link removeOlder} would remove without a limit. */
  measureOlder(than: DeliveryAge): Promise<ReapedAmount>;
  /** Removes what ended before the given times, and their verdicts; at most `limit` a call. Answers how much that was. */
  removeOlder(than: DeliveryAge, limit: number): Promise<ReapedAmount>;
  /** Removes the oldest unverified deliveries until the rest is not larger than this; answers how many. */
  trimUnverified(maxBytes: number): Promise<number>;
}
