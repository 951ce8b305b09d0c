import { inject, injectable } from 'tsyringe';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { TokenHasher } from '../ports/token-hasher.js';
import { Tokens } from '../tokens.js';
import { ExpiringTokens } from './expiring-tokens.js';
import type { Identity } from './identity.js';
import { sessionLifetimeMs } from './session-lifetime.js';

/** Sessions of browsers. They end after their lifetime, by logging out or with the server. */
@injectable()
export class Sessions {
  readonly #tokens: ExpiringTokens;

  constructor(
    @inject(Tokens.Clock) clock: Clock,
    @inject(Tokens.IdGenerator) ids: IdGenerator,
    @inject(Tokens.TokenHasher) hasher: TokenHasher,
  ) {
    this.#tokens = new ExpiringTokens(sessionLifetimeMs, clock, ids, hasher);
  }

  /** The value of the session cookie. */
  open(identity: Identity): string {
    return this.#tokens.issue(identity);
  }

  find(token: string): Identity | undefined {
    return this.#tokens.find(token);
  }

  /** Idempotent. */
  close(token: string): void {
    this.#tokens.revoke(token);
  }
}
