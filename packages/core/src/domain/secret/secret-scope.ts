import type { SecretScope } from './secret-record.js';

/** In words, as in "there is no secret X for …". */
export function describeScope(scope: SecretScope): string {
  switch (scope.kind) {
    case 'global':
      return 'the whole instance';
    case 'team':
      return `team "${scope.team}"`;
    case 'pipeline':
      return `pipeline "${scope.pipelineId}"`;
  }
}

/** What a secret's value is sealed for. Names of secrets contain no colon, so no two secrets have the same. */
export function sealingContext(name: string, scope: SecretScope): string {
  switch (scope.kind) {
    case 'global':
      return `secret:global::${name}`;
    case 'team':
      return `secret:team:${scope.team}:${name}`;
    case 'pipeline':
      return `secret:pipeline:${scope.pipelineId}:${name}`;
  }
}
