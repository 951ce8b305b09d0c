import type { Static } from 'typebox';
import type { SecretKey } from '../../../domain/secret/secret-record.js';
import { toOwner } from '../../../domain/secret/secret-scope.js';
import type { SecretSchema } from '../schemas/secret.js';
import { isoTime } from './iso-time.js';

export function secretView({ name, scope, sealed, createdAt, updatedAt }: SecretKey): Static<typeof SecretSchema> {
  return {
    name,
    scope: scope.kind,
    ...toOwner(scope),
    source: sealed === undefined ? 'manual' : 'config',
    created_at: isoTime(createdAt),
    updated_at: isoTime(updatedAt),
  };
}
