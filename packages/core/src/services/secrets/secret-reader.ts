import type { SecretValue } from '@danube/plugin-api';
import type { SecretScope } from '../../domain/secret/secret-record.js';

/** Reads single secrets of the store. */
export interface SecretReader {
  /**
   * The secret of that name as seen from a scope: a pipeline's own, else its team's, else the global one.
   * @throws DanubeError `secret_unreadable` where it was sealed with another key.
   */
  read(name: string, scope: SecretScope): Promise<SecretValue | undefined>;
  /**
   * Every secret that is seen from a scope, by name; of several with one name the nearest.
   * @throws DanubeError `secret_unreadable` where one of them was sealed with another key.
   */
  readAll(scope: SecretScope): Promise<ReadonlyMap<string, SecretValue>>;
}
