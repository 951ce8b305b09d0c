import { isDanubeError } from '@danube/plugin-api';
import { ForgeApi, type ForgeAnswer, type ForgeRequest } from '@danube/plugin-api/toolkit';
import type { Access } from './access.js';
import { apiHeaders } from './api-headers.js';
import { RateLimitPause } from './rate-limit-pause.js';
import type { RepositoryName } from './repository-name.js';

/** The REST API, called for one repository at a time with what opens it. */
export class GithubApi {
  /** By owner, since each installation of an app has a limit of its own. */
  readonly #pauses = new Map<string, RateLimitPause>();

  constructor(
    private readonly baseUrl: string,
    private readonly access: Access,
  ) {}

  /**
   * Sends nothing while GitHub limits the rate of the repository's owner.
   * @throws what {@link ForgeApi.call} throws, and what {@link Access.token} does
   */
  call(repository: RepositoryName, request: ForgeRequest, signal: AbortSignal): Promise<ForgeAnswer> {
    return this.#pauseOf(repository).run(() => this.#callRenewing(repository, request, signal));
  }

  async #callRenewing(repository: RepositoryName, request: ForgeRequest, signal: AbortSignal): Promise<ForgeAnswer> {
    try {
      return await this.#attempt(repository, request, signal);
    } catch (error) {
      // an app that was suspended, or got other permissions, has lost the tokens that it made before
      const isStale = isDanubeError(error) && error.code === 'forge_unauthorized' && this.access.renew(repository);
      if (!isStale) throw error;
      return this.#attempt(repository, request, signal);
    }
  }

  #attempt(repository: RepositoryName, request: ForgeRequest, signal: AbortSignal): Promise<ForgeAnswer> {
    const headers = async (aborted: AbortSignal) => {
      const token = await this.access.token(repository, aborted);
      return { ...apiHeaders, authorization: `Bearer ${token.reveal()}` };
    };
    return new ForgeApi({ forge: 'GitHub', baseUrl: this.baseUrl, headers }).call(request, signal);
  }

  #pauseOf({ owner }: RepositoryName): RateLimitPause {
    const key = owner.toLowerCase();
    const pause = this.#pauses.get(key) ?? new RateLimitPause(() => Date.now());
    this.#pauses.set(key, pause);
    return pause;
  }
}
