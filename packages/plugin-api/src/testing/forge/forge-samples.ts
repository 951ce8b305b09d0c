import type { ForgeEvent, PushEvent } from '../../forge.js';
import type { CommitRef, RepositoryRef } from '../../values.js';
import type { Samples, Setting } from '../kit/setting.js';

/** A webhook as a real server sent it. */
export interface RecordedDelivery {
  readonly name: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Byte for byte as it was signed. */
  readonly body: string | Uint8Array;
  /** What it was signed with. Default: the samples' `webhookSecret`. */
  readonly secret?: string;
  /** What the signature covers: the body (default), nothing but a token is sent, or it is not signed. */
  readonly signed?: 'body' | 'token' | 'not';
  /** What `deliveryId` answers, where the forge sends one. */
  readonly id?: string;
  /** What `parseEvent` answers. */
  readonly expected: ForgeEvent | { readonly kind: 'ignored'; readonly reason?: RegExp };
}

/** Where one check of a forge runs. */
export interface ForgeSetting extends Setting {
  /** Needed where the forge has `statuses`. */
  readonly status?: {
    readonly commit: CommitRef;
    /** The forge's own word for the state that it shows beside the commit; undefined where it shows none. */
    shown(context: string): string | undefined;
  };
  /** Needed where the forge has `history`. */
  readonly history?: {
    readonly repository: RepositoryRef;
    readonly since: number;
    /** Oldest first. */
    readonly expected: readonly PushEvent[];
  };
}

/** What `testForge` needs to know of a forge. */
export interface ForgeSamples extends Samples<ForgeSetting> {
  readonly webhookSecret: string;
  /** Names in lower case of the headers by which deliveries are verified. */
  readonly signatureHeaders: readonly string[];
  /** A push and something ignored at least; of pull requests one from the repository itself and one from a fork. */
  readonly deliveries: readonly RecordedDelivery[];
  /** Of repositories that are somewhere else. */
  readonly foreignUrls: readonly string[];
}
