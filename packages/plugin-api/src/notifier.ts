import type { PluginInstance } from './contribution.js';

/** What happened to a job. A later minor version may add one: word it as the closest that you know, and do not throw. */
export type NotificationEvent = 'job_started' | 'job_succeeded' | 'job_failed' | 'job_cancelled' | 'job_timed_out';

/** Something that people want to hear about. Times are milliseconds since the epoch. */
export interface Notification {
  /** Stays the same over all attempts, so that the other side can tell a repetition. */
  readonly id: string;
  readonly event: NotificationEvent;
  readonly occurredAt: number;
  readonly job: {
    readonly id: string;
    readonly number: number;
    readonly pipeline: string;
    readonly team: string;
    readonly branch: string;
    readonly commit: string;
    /** Why it ended as it did; undefined for a plain success. */
    readonly reason: string | undefined;
    readonly durationMs: number | undefined;
    /** Page of the job; undefined where the server has no public address. */
    readonly url: string | undefined;
  };
}

/** A way to tell people. */
export interface Notifier extends PluginInstance {
  /**
   * One attempt to tell one notification; the host filters, retries and records. May be called for several at once, and
   * again with the same `id` after a failure or a crash.
   * @throws DanubeError `retryable` where a later attempt may succeed
   */
  notify(notification: Notification, signal: AbortSignal): Promise<void>;
}
