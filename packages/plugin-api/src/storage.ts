import type { PluginInstance } from './contribution.js';
import type { SecretValue } from './secret-value.js';

/** What is known of an object without reading it. */
export interface StoredObject {
  /** Names separated by `/`, as given to `put`. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Objects by key. Keys have 1 to 1024 bytes of UTF-8, are relative, use `/`, and hold no empty, `.` or `..` part and no
 * control character: the host checks that before, implementations refuse others with `storage_key_invalid` (invalid). A
 * key may also begin another one: `report` and `report/index.html` are two objects.
 */
export interface ArtifactStorage {
  /**
   * Stores the whole content, or nothing: a failure, an abort or a crash leaves what was there before. Replaces.
   * Different keys may be written at once; of several writers of one key, one whole content stays. The time limit is that
   * between two reads of the content.
   * @throws DanubeError `storage_key_invalid` (invalid); what reading the content throws; `retryable` where a later attempt
   * may succeed
   */
  put(key: string, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<StoredObject>;
  /**
   * The bytes from `range.start` up to, not including, `range.end`; all of them without a range.
   * May be read while the key is written or deleted, and by several readers. The time limit is that of each part.
   * @throws DanubeError `object_not_found` (not_found) or `storage_key_invalid` (invalid), at the call or at the first read
   */
  get(
    key: string,
    range: { readonly start: number; readonly end: number } | undefined,
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array>;
  /** Idempotent: deleting what is not there succeeds. */
  delete(key: string, signal: AbortSignal): Promise<void>;
  /**
   * Objects whose key starts with the prefix, which may end anywhere in it; ordered by the bytes of the key. The time limit is
   * that of each object.
   */
  list(prefix: string, signal: AbortSignal): AsyncIterable<StoredObject>;
}

/** How to reach a registry, for pushing and pulling. */
export interface RegistryAccess {
  /** `host:port` as image names begin. */
  readonly host: string;
  readonly insecure: boolean;
  readonly login: { readonly username: string; readonly password: SecretValue } | undefined;
}

/** A registry for container images. */
export interface ImageStorage {
  /** Where the registry is, and how to log in. May be called many times at once. */
  access(signal: AbortSignal): Promise<RegistryAccess>;
  /** Makes sure that the registry runs, where it is the plugin's to run. Idempotent. */
  ensureDeployed(signal: AbortSignal): Promise<void>;
  /** Frees what no tag refers to. Idempotent; safe while images are pushed. */
  collectGarbage(signal: AbortSignal): Promise<{ readonly deletedBytes: number }>;
}

/** Where results are kept. At least one of the two abilities. */
export interface Storage extends PluginInstance {
  readonly artifacts?: ArtifactStorage;
  readonly images?: ImageStorage;
}
