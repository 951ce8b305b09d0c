import {
  DanubeError,
  type ErrorCategory,
  type GitAuthMethod,
  type GitCredential,
  isDanubeError,
} from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import { matchesRepository } from '../../domain/repository/match-repository.js';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import type { Extensions } from '../ports/extensions.js';
import type { RepositoryAccess } from '../ports/source-checkout.js';
import { Tokens } from '../tokens.js';

const withoutCredential: RepositoryAccess = { authMethod: 'none', credential: undefined };

/**
 * Finds out how to open a repository: the first entry of `git_authentication` whose patterns match its URL decides. Where
 * none does, ssh gets the server's own key, and any other URL is read as everybody may.
 */
@injectable()
export class FindRepositoryAccess {
  constructor(
    @inject(Tokens.Extensions) private readonly extensions: Extensions,
    @inject(Tokens.FallbackGitAuth) private readonly fallback: GitAuthMethod,
  ) {}

  /**
   * One attempt. Errors of the entry's plugin pass through, with the entry named.
   * @throws DanubeError `repository_url_refused`, `git_credential_mismatch` (invalid), or the plugin's
   */
  async execute(repositoryUrl: string, signal: AbortSignal): Promise<RepositoryAccess> {
    const protocol = checkRepositoryUrl(repositoryUrl);
    if (protocol === 'file') return withoutCredential;
    const repository = { url: repositoryUrl };
    const entry = this.extensions.current.gitAuthMethods.find((configured) =>
      matchesRepository(configured.matchPatterns, repositoryUrl),
    );
    if (entry !== undefined) {
      const credential = await named(entry.name, () => entry.method.issueCredential(repository, signal));
      if (credential.kind !== (protocol === 'ssh' ? 'ssh' : 'https')) throw mismatch(entry, credential, repositoryUrl);
      return { authMethod: entry.type, entry: entry.name, credential };
    }
    if (protocol !== 'ssh') return withoutCredential;
    return { authMethod: 'none', credential: await this.#fallbackKey(repositoryUrl, signal) };
  }

  async #fallbackKey(url: string, signal: AbortSignal): Promise<GitCredential> {
    try {
      return await this.fallback.issueCredential({ url }, signal);
    } catch (error) {
      throw renamed(
        error,
        (words) => `No matching git_authentication for repo ${url}, and the fallback key is of no use: ${words}`,
      );
    }
  }
}

/** About a credential of the server, and not of whoever started the job: an answer 401 would log them out. */
const refusals: readonly ErrorCategory[] = ['unauthenticated', 'forbidden', 'not_found'];

async function named<T>(entry: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw renamed(error, (words) => `git_authentication "${entry}": ${words}`);
  }
}

function renamed(error: unknown, message: (words: string) => string): unknown {
  if (!isDanubeError(error)) return error;
  const { retryable, retryAfterMs, details } = error;
  const timing = retryAfterMs === undefined ? {} : { retryAfterMs };
  const category = refusals.includes(error.category) ? 'invalid' : error.category;
  return new DanubeError(error.code, message(error.message), { category, retryable, details, ...timing, cause: error });
}

function mismatch(
  { name, type }: { readonly name: string; readonly type: string },
  { kind }: GitCredential,
  url: string,
): DanubeError {
  const advice =
    kind === 'ssh'
      ? 'gives an ssh key, which cannot open this https URL: use the ssh URL of the repository (git@host:path), or put an entry for https before it'
      : 'gives a user name and password, which cannot open this ssh URL: use the https URL of the repository, or put an ssh_key entry before it';
  return new DanubeError(
    'git_credential_mismatch',
    `${url} matches git_authentication "${name}" (${type}), which ${advice}`,
    {
      category: 'invalid',
    },
  );
}
