import { DanubeError, type RepositoryRef } from '@danube/plugin-api';
import { servedPath } from '@danube/plugin-api/toolkit';

/** As the API's addresses have it. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** @throws DanubeError `repository_not_served` (invalid) for a repository that is not on the server at `url` */
export function repositoryName(url: string, repository: RepositoryRef): RepositoryName {
  const [owner, name, ...rest] = servedPath(url, repository).split('/');
  if (owner === undefined || name === undefined || rest.length > 0) {
    throw new DanubeError('repository_not_served', `${repository.url} is not a repository of ${url}`, {
      category: 'invalid',
    });
  }
  return { owner, name };
}
