import { DanubeError, SecretValue, type ContributionContext } from '@danube/plugin-api';
import { ForgeApi, urlPath, type Expiring, type ForgeRequest, type JsonObject } from '@danube/plugin-api/toolkit';
import { apiHeaders } from '../api-headers.js';
import type { RepositoryName } from '../repository-name.js';
import { RateLimitPause } from '../rate-limit-pause.js';
import { readAppKey } from './read-app-key.js';
import { signAppJwt } from './sign-app-jwt.js';

export interface AppApiOptions {
  readonly appId: string;
  readonly keySecret: string;
  readonly apiUrl: string;
  readonly context: ContributionContext;
  readonly now: () => number;
}

/** The part of the REST API that a GitHub App calls as itself. One attempt a call; none while GitHub limits the rate. */
export class AppApi {
  readonly #api: ForgeApi;
  readonly #pause: RateLimitPause;

  constructor({ appId, keySecret, apiUrl, context, now }: AppApiOptions) {
    this.#pause = new RateLimitPause(now);
    this.#api = new ForgeApi({
      forge: 'GitHub',
      baseUrl: apiUrl,
      headers: async (signal) => {
        const key = readAppKey(await context.secret(keySecret, signal), keySecret);
        return { ...apiHeaders, authorization: `Bearer ${await signAppJwt(appId, key, now())}` };
      },
    });
  }

  /** Number of the app's installation that has the repository. */
  async findInstallation({ owner, name }: RepositoryName, signal: AbortSignal): Promise<string> {
    const path = urlPath`/repos/${owner}/${name}/installation`;
    return String((await this.#call({ method: 'GET', path }, signal)).positiveInteger('id'));
  }

  async createToken(
    installation: string,
    permissions: Readonly<Record<string, string>> | undefined,
    signal: AbortSignal,
  ): Promise<Expiring<SecretValue>> {
    const path = urlPath`/app/installations/${installation}/access_tokens`;
    const answer = await this.#call({ method: 'POST', path, body: { permissions } }, signal);
    const expiresAt = Date.parse(answer.text('expires_at'));
    if (Number.isNaN(expiresAt)) throw answerInvalid('expires_at is no time');
    return { value: new SecretValue(answer.text('token')), expiresAt };
  }

  #call(request: ForgeRequest, signal: AbortSignal): Promise<JsonObject> {
    return this.#pause.run(async () => (await this.#api.call(request, signal)).object());
  }
}

function answerInvalid(problem: string): DanubeError {
  const message = `the token that GitHub gave cannot be used: ${problem}`;
  return new DanubeError('forge_answer_invalid', message, { category: 'unavailable' });
}
