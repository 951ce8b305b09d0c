import { isDanubeError } from '@danube/plugin-api';
import { ForgeApi, type ForgeAnswer, type ForgeRequest } from '@danube/plugin-api/toolkit';
import type { Access } from './access.js';
import { apiHeaders } from './api-headers.js';
import type { RepositoryName } from './repository-name.js';

/** The REST API, called for one repository at a time with what opens it. */
export class GithubApi {
  constructor(
    private readonly baseUrl: string,
    private readonly access: Access,
  ) {}

  /** @throws what {@link ForgeApi.call} throws, and what {@link Access.token} does */
  async call(repository: RepositoryName, request: ForgeRequest, signal: AbortSignal): Promise<ForgeAnswer> {
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
}
