import { isDanubeError, type ContributionContext, type SecretValue } from '@danube/plugin-api';
import { ExpiringValue, type Expiring } from '@danube/plugin-api/toolkit';
import type { Access } from '../access.js';
import type { AppConfig } from '../config.js';
import type { RepositoryName } from '../repository-name.js';
import { AppApi } from './app-api.js';
import { countToken } from './token-counter.js';
import { tokenFailure } from './token-failure.js';

const minute = 60_000;
const renewBeforeMs = 10 * minute;
const installationHoldsMs = 60 * minute;

export interface AppTokensOptions {
  readonly app: AppConfig;
  readonly apiUrl: string;
  readonly context: ContributionContext;
  /** What the tokens may do. Default: all that the app may. */
  readonly permissions?: Readonly<Record<string, string>>;
  readonly now: () => number;
}

/** Tokens of a GitHub App, one for each installation: kept until ten minutes before they expire, asked for once at a time. */
export class AppTokens implements Access {
  readonly #options: AppTokensOptions;
  readonly #api: AppApi;
  /** Numbers by repository, where the configuration names none. */
  readonly #installations = new Map<string, ExpiringValue<string>>();
  readonly #tokens = new Map<string, ExpiringValue<SecretValue>>();

  constructor(options: AppTokensOptions) {
    const { app, apiUrl, context, now } = options;
    this.#options = options;
    this.#api = new AppApi({ appId: String(app.app_id), keySecret: app.private_key_secret, apiUrl, context, now });
  }

  /** @throws DanubeError `github_app_token_failed`; its category says what went wrong, and it whether and when to retry */
  async token(repository: RepositoryName, signal: AbortSignal): Promise<SecretValue> {
    signal.throwIfAborted();
    const installation = await this.#installationOf(repository, signal);
    const { now } = this.#options;
    const renew = (limit: AbortSignal) => this.#generate(installation, limit);
    return kept(this.#tokens, installation, () => new ExpiringValue({ renew, renewBeforeMs, now })).get(signal);
  }

  /** All of them, since nothing tells which one it was. */
  renew(): boolean {
    this.#tokens.clear();
    this.#installations.clear();
    return true;
  }

  async #installationOf(repository: RepositoryName, signal: AbortSignal): Promise<string> {
    const { app, now } = this.#options;
    if (app.installation_id !== undefined) return String(app.installation_id);
    const name = `${repository.owner}/${repository.name}`.toLowerCase();
    const renew = (limit: AbortSignal) => this.#lookUp(repository, limit);
    return kept(this.#installations, name, () => new ExpiringValue({ renew, renewBeforeMs: 0, now })).get(signal);
  }

  async #lookUp(repository: RepositoryName, signal: AbortSignal): Promise<Expiring<string>> {
    try {
      const value = await this.#api.findInstallation(repository, signal);
      return { value, expiresAt: this.#options.now() + installationHoldsMs };
    } catch (error) {
      throw this.#failure(error, `installation for ${repository.owner}/${repository.name}`);
    }
  }

  async #generate(installation: string, signal: AbortSignal): Promise<Expiring<SecretValue>> {
    try {
      const token = await this.#api.createToken(installation, this.#options.permissions, signal);
      countToken(this.#options.context, 'success');
      return token;
    } catch (error) {
      // an app that was installed anew has another number
      if (isDanubeError(error) && error.category === 'not_found') this.#installations.clear();
      throw this.#failure(error, `installation ${installation}`);
    }
  }

  #failure(error: unknown, where: string): unknown {
    const { app, context } = this.#options;
    if (isDanubeError(error)) countToken(context, 'failure');
    return tokenFailure(error, { appId: String(app.app_id), keySecret: app.private_key_secret, where });
  }
}

function kept<T>(values: Map<string, ExpiringValue<T>>, key: string, make: () => ExpiringValue<T>): ExpiringValue<T> {
  const value = values.get(key) ?? make();
  values.set(key, value);
  return value;
}
