import { DanubeError } from '../errors.js';
import type { RepositoryRef } from '../values.js';
import { repositoryPathOn, servedBy } from './repository-urls.js';

/**
 * Path of a repository on the forge whose pages are at `webUrl`, as its API names it.
 * @throws DanubeError `repository_not_served` (invalid) where it is somewhere else
 */
export function servedPath(webUrl: string, repository: RepositoryRef): string {
  const path = repositoryPathOn(webUrl, repository.url);
  if (path !== undefined) return path;
  throw notServed(`${repository.url} is not a repository of ${webUrl}`);
}

/**
 * Call it before a token goes out as a credential: a token must not travel to another server, nor in clear text to one that
 * is meant to be reached over https, nor is it of use over ssh.
 * @throws DanubeError `repository_not_served` (invalid)
 */
export function assertTokenFits(webUrl: string, repository: RepositoryRef): void {
  const { protocol } = new URL(webUrl);
  if (servedBy(webUrl, repository.url) && repository.url.toLowerCase().startsWith(`${protocol}//`)) return;
  throw notServed(
    `the token for ${webUrl} is not for ${repository.url}; narrow match_patterns, or give the repository as ${webUrl}/…`,
  );
}

function notServed(message: string): DanubeError {
  return new DanubeError('repository_not_served', message, { category: 'invalid' });
}
