import type { Static } from 'typebox';
import type { SecretKey } from '../../../domain/secret/secret-record.js';
import type { SecretSchema } from '../schemas/secret.js';
import { isoTime } from './iso-time.js';

export function secretView({ name, scope, createdAt, updatedAt }: SecretKey): Static<typeof SecretSchema> {
  return {
    name,
    scope: scope.kind,
    team: scope.kind === 'team' ? scope.team : undefined,
    pipeline: scope.kind === 'pipeline' ? scope.pipelineId : undefined,
    created_at: isoTime(createdAt),
    updated_at: isoTime(updatedAt),
  };
}
