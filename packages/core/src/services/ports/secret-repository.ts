import type { SealedSecret } from '../../domain/secret/sealed-secret.js';
import type { SecretKey, SecretRecord, SecretScope } from '../../domain/secret/secret-record.js';

export interface SecretRepository {
  /** Inserts, or replaces the one of the same name and scope. */
  save(secret: SecretRecord): Promise<void>;
  find(name: string, scope: SecretScope): Promise<SecretRecord | undefined>;
  /** Of every scope, by name. */
  list(): Promise<readonly SecretKey[]>;
  /** By name. */
  listByScope(scope: SecretScope): Promise<readonly SecretKey[]>;
  /** As {@link listByScope}, with the ciphertexts. */
  findByScope(scope: SecretScope): Promise<readonly SecretRecord[]>;
  /** Those that the config repository manages. */
  listSealed(): Promise<readonly SealedSecret[]>;
  /** False when there was none. */
  remove(name: string, scope: SecretScope): Promise<boolean>;
}
