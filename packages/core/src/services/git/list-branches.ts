import { inject, injectable } from 'tsyringe';
import type { SourceBranches } from '../ports/source-branches.js';
import { Tokens } from '../tokens.js';
import type { FindRepositoryAccess } from './find-repository-access.js';

/** The branches that a repository has now, for whoever chooses one of them. Each call asks the server of the repository. */
@injectable()
export class ListBranches {
  constructor(
    @inject(Tokens.SourceBranches) private readonly branches: SourceBranches,
    @inject(Tokens.FindRepositoryAccess) private readonly findAccess: FindRepositoryAccess,
  ) {}

  /**
   * Short names, as the server sorts them.
   * @throws DanubeError those of {@link FindRepositoryAccess.execute} and {@link SourceBranches.list}
   */
  async execute(repositoryUrl: string, signal: AbortSignal): Promise<readonly string[]> {
    const access = await this.findAccess.execute(repositoryUrl, signal);
    return this.branches.list(repositoryUrl, access, signal);
  }
}
