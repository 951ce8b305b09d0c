import type { SecretScope } from '../../../domain/secret/secret-record.js';

/** How the scope of a secret stands in a row. */
export interface SecretScopeColumns {
  readonly scope_kind: string;
  /** Team or pipeline; empty for the global scope. */
  readonly scope_id: string;
}

export function scopeColumns(scope: SecretScope): SecretScopeColumns {
  switch (scope.kind) {
    case 'global':
      return { scope_kind: 'global', scope_id: '' };
    case 'team':
      return { scope_kind: 'team', scope_id: scope.team };
    case 'pipeline':
      return { scope_kind: 'pipeline', scope_id: scope.pipelineId };
  }
}

export function toScope(row: SecretScopeColumns): SecretScope {
  if (row.scope_kind === 'team') return { kind: 'team', team: row.scope_id };
  if (row.scope_kind === 'pipeline') return { kind: 'pipeline', pipelineId: row.scope_id };
  return { kind: 'global' };
}
