import type { SecretScope } from './secret-record.js';

/** How requests, options and documents say whose a secret is: by one of the two, or by neither for the whole instance. */
export interface SecretOwner {
  readonly team?: string | undefined;
  readonly pipeline?: string | undefined;
}

export function toScope({ team, pipeline }: SecretOwner): SecretScope {
  if (team !== undefined) return { kind: 'team', team };
  return pipeline === undefined ? { kind: 'global' } : { kind: 'pipeline', pipelineId: pipeline };
}

export function toOwner(scope: SecretScope): SecretOwner {
  switch (scope.kind) {
    case 'global':
      return {};
    case 'team':
      return { team: scope.team };
    case 'pipeline':
      return { pipeline: scope.pipelineId };
  }
}

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
