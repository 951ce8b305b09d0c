import type { PluginInstance } from './contribution.js';
import type { SecretValue } from './secret-value.js';
import type { CommitRef, RepositoryRef } from './values.js';

/** One webhook exactly as it came in. */
export interface WebhookDelivery {
  /** Names in lower case. A header that was sent more than once has its values joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw bytes. Signatures are about these, never about JSON that was parsed and written again. */
  readonly body: Uint8Array;
}

/** A repository as a delivery names it. */
export interface ForgeRepository {
  /** For people, for example `octo/hello-world`. */
  readonly fullName: string;
  /**
   * Every URL that it can be cloned from (https, ssh, `git@host:path`), at least one. The host compares them with the
   * pipelines' URLs regardless of protocol, user, letter case of the host, and a trailing `.git` or `/`.
   */
  readonly cloneUrls: readonly string[];
}

/** Something that starts no job, and why, in words that end up in the delivery's record. */
export interface Ignored {
  readonly kind: 'ignored';
  readonly reason: string;
}

/** A branch or tag now points at another commit. A deleted one is {@link Ignored}. */
export interface PushEvent {
  readonly kind: 'push';
  readonly repository: ForgeRepository;
  /** Full ref: `refs/heads/…` or `refs/tags/…`. */
  readonly ref: string;
  /** Full name of the commit; for an annotated tag the commit that it is about. */
  readonly commit: string;
  /** The commit that the ref pointed at before; undefined for a new ref. */
  readonly before: string | undefined;
  /** Message of that commit, where the forge sends it: `[skip ci]` is looked for in it. Otherwise empty. */
  readonly message: string;
  /** Login name of who pushed; empty where the forge does not say. */
  readonly actor: string;
}

/**
 * A pull or merge request has commits that want to be tested, or is to be merged into another branch than before (`updated`).
 * Label changes, comments and closing are {@link Ignored}.
 */
export interface PullRequestEvent {
  readonly kind: 'pull_request';
  /** The repository that it is to be merged into. */
  readonly repository: ForgeRepository;
  readonly action: 'opened' | 'updated' | 'reopened';
  readonly number: number;
  readonly title: string;
  /** Short names of the branches. */
  readonly sourceBranch: string;
  readonly targetBranch: string;
  /** The ref of `repository` that holds its head, for example `refs/pull/7/head`. */
  readonly ref: string;
  /** Head of the source branch. */
  readonly commit: string;
  /** Commit of the target branch that it is compared with; undefined where the forge does not say. */
  readonly baseCommit: string | undefined;
  /** The commits come from another repository, whose writers may be anybody. True also when that cannot be told. */
  readonly fromFork: boolean;
  readonly actor: string;
}

/** What may start a job. */
export type ForgeEvent = PushEvent | PullRequestEvent;

/** What a job has come to. A later minor version may add one: show it as the closest that you know, never as a success. */
export type CommitState = 'pending' | 'running' | 'success' | 'failure' | 'error';

/** What stands beside a commit in the forge. */
export interface CommitStatus {
  /** `error`: the job ended for a reason outside of the pipeline, or was cancelled. */
  readonly state: CommitState;
  /** Name of the check, for example `danube/build`. The same name replaces an older status. */
  readonly context: string;
  /** One line, at most 140 characters. */
  readonly description: string;
  /** Page of the job; undefined where the server has no public address. */
  readonly targetUrl: string | undefined;
}

/** The ability to show the state of a job beside its commit. */
export interface CommitStatusReporter {
  /**
   * One attempt to set the status; the host retries. Called once at a time for a commit and context, and possibly again
   * with the same values after a crash: must be idempotent.
   * @throws DanubeError `retryable` where a later attempt may succeed, with `retryAfterMs` where the forge says when
   */
  report(commit: CommitRef, status: CommitStatus, signal: AbortSignal): Promise<void>;
}

/** The ability to tell of pushes whose webhooks may have been lost. */
export interface PushHistory {
  /**
   * Pushes to branches and tags since a time (milliseconds since the epoch), oldest first, as far as the forge remembers.
   * Called at the server's start for each repository that pipelines build, to find deliveries that never arrived; for several
   * repositories at once. What has arrived already starts nothing again.
   * @throws DanubeError where the forge cannot be asked; it is logged, and asked again at the next start
   */
  recentPushes(repository: RepositoryRef, since: number, signal: AbortSignal): Promise<readonly PushEvent[]>;
}

/**
 * A server that hosts repositories and sends webhooks. The host owns the order: identify, verify, parse. Everything but the
 * facets is synchronous, without I/O and depends on nothing but its arguments: the host may call it again, in any order
 * and for deliveries that turn out to be forged.
 */
export interface Forge extends PluginInstance {
  /** Names (lower case) of headers that hold a secret itself, such as a token. The host stores them encrypted only. */
  readonly credentialHeaders: readonly string[];
  /** Whether a repository URL, as a pipeline names it, belongs to this forge. */
  servesRepository(url: string): boolean;
  /** The forge's own id of the delivery: the same for every attempt to deliver it. Undefined where it sends none. */
  deliveryId(delivery: WebhookDelivery): string | undefined;
  /**
   * The repository that the delivery is about, read before anything is verified; {@link Ignored} where it is about none.
   * @throws DanubeError `delivery_invalid` (invalid) where the body cannot be read, naming what is wrong with it
   */
  identifyRepository(delivery: WebhookDelivery): ForgeRepository | Ignored;
  /**
   * Whether the delivery was signed with this secret. Compares in constant time; false for an empty secret and for a
   * missing, empty, malformed or repeated signature. Never throws for what a client may send.
   */
  verifySignature(delivery: WebhookDelivery, secret: SecretValue): boolean;
  /**
   * Optional: when the forge sent the delivery, in milliseconds since the epoch, where it signs the time too; otherwise
   * undefined. Called after the signature was verified. The host refuses a delivery that came in at another time, so that
   * a captured one is of no use later; one that is replayed on purpose it does not ask about.
   */
  sentAt?(delivery: WebhookDelivery): number | undefined;
  /**
   * What happened. Called after the signature was verified.
   * @throws DanubeError `delivery_invalid` (invalid), naming the field that is missing or wrong
   */
  parseEvent(delivery: WebhookDelivery): ForgeEvent | Ignored;
  /** Optional ability: commit statuses. */
  readonly statuses?: CommitStatusReporter;
  /** Optional ability: pushes of the past. */
  readonly history?: PushHistory;
}
