import type { ContributionContext, RepositoryRef } from '@danube/plugin-api';
import { ForgeApi, servedPath, urlPath } from '@danube/plugin-api/toolkit';

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

/** Address of a repository within the API. */
export function repositoryAddress(url: string, repository: RepositoryRef): string {
  const [owner = '', ...name] = servedPath(url, repository).split('/');
  return urlPath`/repos/${owner}/${name.join('/')}`;
}
