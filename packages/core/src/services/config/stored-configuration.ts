import { inject, injectable } from 'tsyringe';
import type { Configuration } from '../../domain/config/configuration.js';
import type { ConfigurationDiff } from '../../domain/config/diff-configuration.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { SecretRepository } from '../ports/secret-repository.js';
import type { TeamRepository } from '../ports/team-repository.js';
import type { UserRepository } from '../ports/user-repository.js';
import { Tokens } from '../tokens.js';
import type { ActiveConfiguration } from './active-configuration.js';
import { listPipelines } from './list-pipelines.js';

/** The configuration in force as the database has it. */
@injectable()
export class StoredConfiguration {
  constructor(
    @inject(Tokens.ActiveConfiguration) private readonly active: ActiveConfiguration,
    @inject(Tokens.UserRepository) private readonly users: UserRepository,
    @inject(Tokens.TeamRepository) private readonly teams: TeamRepository,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.SecretRepository) private readonly secrets: Pick<SecretRepository, 'listSealed'>,
  ) {}

  async read(): Promise<Configuration> {
    const [users, teams, pipelines, secrets] = await Promise.all([
      this.users.list(),
      this.teams.list(),
      listPipelines(this.pipelines),
      this.secrets.listSealed(),
    ]);
    return { settings: this.active.settings, users, teams, pipelines, secrets };
  }

  /**
   * Writes the difference but for the secrets, which need keys; to be called inside of a transaction. Removals come first, and subjects that change are let go
   * before, because one user may get what another one had.
   */
  async apply({ users, teams, pipelines }: ConfigurationDiff): Promise<void> {
    await this.pipelines.remove(pipelines.removed);
    await this.teams.remove(teams.removed);
    await this.users.remove(users.removed);
    const changedSubjects = users.changed.filter(({ fields }) => fields.includes('oidc_subject'));
    await this.users.upsert(changedSubjects.map(({ item }) => ({ ...item, oidcSubject: undefined })));
    await this.users.upsert([...users.added, ...users.changed.map(({ item }) => item)]);
    await this.teams.upsert([...teams.added, ...teams.changed.map(({ item }) => item)]);
    await this.pipelines.upsert([...pipelines.added, ...pipelines.changed.map(({ item }) => item)]);
  }
}
