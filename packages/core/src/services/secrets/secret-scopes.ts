import { inject, injectable } from 'tsyringe';
import type { SecretScope } from '../../domain/secret/secret-record.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { TeamRepository } from '../ports/team-repository.js';
import { Tokens } from '../tokens.js';
import { scopeNotFound } from './secret-errors.js';

/** How the scopes of secrets lie within each other: a pipeline, its team, the whole instance. */
@injectable()
export class SecretScopes {
  constructor(
    @inject(Tokens.TeamRepository) private readonly teams: TeamRepository,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
  ) {}

  /** @throws DanubeError `team_not_found`, `pipeline_not_found` where the active configuration has no such one. */
  async check(scope: SecretScope): Promise<void> {
    if (scope.kind === 'global') return;
    const owner =
      scope.kind === 'team' ? await this.teams.findById(scope.team) : await this.pipelines.findById(scope.pipelineId);
    if (owner === undefined) throw scopeNotFound(scope);
  }

  /** The scopes whose secrets are seen from this one, the nearest first. */
  async visibleFrom(scope: SecretScope): Promise<readonly SecretScope[]> {
    const global = { kind: 'global' } as const;
    if (scope.kind === 'global') return [global];
    if (scope.kind === 'team') return [scope, global];
    const pipeline = await this.pipelines.findById(scope.pipelineId);
    return pipeline === undefined ? [global] : [scope, { kind: 'team', team: pipeline.spec.team }, global];
  }
}
