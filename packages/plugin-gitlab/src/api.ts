import { DanubeError, type ContributionContext, type RepositoryRef } from '@danube/plugin-api';
import { ForgeApi, repositoryPathOn } from '@danube/plugin-api/toolkit';

/** GitLab's REST API, called with an access token that is read anew for each call. */
export function gitlabApi(baseUrl: string, tokenSecret: string, context: ContributionContext): ForgeApi {
  return new ForgeApi({
    forge: 'GitLab',
    baseUrl,
    headers: async (signal) => ({ 'private-token': (await context.secret(tokenSecret, signal)).reveal() }),
  });
}

/** Group and name of a project, by which the API knows it as well as by its number. */
export function projectPath(url: string, repository: RepositoryRef): string {
  const path = repositoryPathOn(url, repository.url);
  if (path === undefined) {
    throw new DanubeError('repository_not_served', `${repository.url} is not a repository of ${url}`, {
      category: 'invalid',
    });
  }
  return path;
}
