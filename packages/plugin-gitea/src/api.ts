import { DanubeError, type ContributionContext, type RepositoryRef } from '@danube/plugin-api';
import { ForgeApi, repositoryPathOn, urlPath } from '@danube/plugin-api/toolkit';

/** The REST API, which Gitea and Forgejo share, called with an access token that is read anew for each call. */
export function giteaApi(
  product: string,
  baseUrl: string,
  tokenSecret: string,
  context: ContributionContext,
): ForgeApi {
  return new ForgeApi({
    forge: product,
    baseUrl,
    headers: async (signal) => ({ authorization: `token ${(await context.secret(tokenSecret, signal)).reveal()}` }),
  });
}

/** `owner/name` as the API's addresses have it. */
export function repositoryName(url: string, repository: RepositoryRef): string {
  const path = repositoryPathOn(url, repository.url);
  const [owner, name, ...rest] = path?.split('/') ?? [];
  if (owner === undefined || name === undefined || rest.length > 0) {
    throw new DanubeError('repository_not_served', `${repository.url} is not a repository of ${url}`, {
      category: 'invalid',
    });
  }
  return `${owner}/${name}`;
}

/** Address of the repository within the API. */
export function repositoryAddress(fullName: string): string {
  const [owner = '', name = ''] = fullName.split('/');
  return urlPath`/repos/${owner}/${name}`;
}
