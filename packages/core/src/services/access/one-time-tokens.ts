import { inject, injectable } from 'tsyringe';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { TokenHasher } from '../ports/token-hasher.js';
import { Tokens } from '../tokens.js';
import { ExpiringTokens } from './expiring-tokens.js';
import type { Identity } from './identity.js';

const lifetimeMs = 60 * 60 * 1000;

/** Tokens that open a session once, for the address that a start prints. They end after an hour or with the server. */
@injectable()
export class OneTimeTokens {
  readonly #tokens: ExpiringTokens;

  constructor(
    @inject(Tokens.Clock) clock: Clock,
    @inject(Tokens.IdGenerator) ids: IdGenerator,
    @inject(Tokens.TokenHasher) hasher: TokenHasher,
  ) {
    this.#tokens = new ExpiringTokens(lifetimeMs, clock, ids, hasher);
  }

  issue(identity: Identity): string {
    return this.#tokens.issue(identity);
  }

  /** Whose it is; undefined for an unknown, used or expired one. */
  redeem(token: string): Identity | undefined {
    const identity = this.#tokens.find(token);
    this.#tokens.revoke(token);
    return identity;
  }
}
