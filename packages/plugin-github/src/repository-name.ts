import { DanubeError, type RepositoryRef } from '@danube/plugin-api';
import { repositoryPathOn } from '@danube/plugin-api/toolkit';

/** As the API's addresses have it. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** @throws DanubeError `repository_not_served` (invalid) for a repository that is not on the server at `url` */
export function repositoryName(url: string, repository: RepositoryRef): RepositoryName {
  const [owner, name, ...rest] = repositoryPathOn(url, repository.url)?.split('/') ?? [];
  if (owner === undefined || name === undefined || rest.length > 0) {
    throw new DanubeError('repository_not_served', `${repository.url} is not a repository of ${url}`, {
      category: 'invalid',
    });
  }
  return { owner, name };
}

/**
 * Like {@link repositoryName}, for a token that is about to be sent there: never to another server, and not in clear text to
 * one that is meant to be reached over https.
 */
export function repositoryForToken(url: string, repository: RepositoryRef): RepositoryName {
  const name = repositoryName(url, repository);
  if (repository.url.startsWith(`${new URL(url).protocol}//`)) return name;
  const message = `a token for ${url} cannot open ${repository.url}; write the repository as ${url}/${name.owner}/${name.name}.git`;
  throw new DanubeError('repository_not_served', message, { category: 'invalid' });
}
