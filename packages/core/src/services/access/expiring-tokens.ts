import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { TokenHasher } from '../ports/token-hasher.js';
import type { Identity } from './identity.js';

const mostTokens = 10_000;

/** Tokens of limited life, kept hashed and in memory: a restart forgets them. */
export class ExpiringTokens {
  readonly #owners = new Map<string, { readonly identity: Identity; readonly expiresAt: number }>();

  constructor(
    private readonly lifetimeMs: number,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly hasher: TokenHasher,
  ) {}

  issue(identity: Identity): string {
    this.#makeRoom();
    const token = this.ids.newToken();
    this.#owners.set(this.hasher.hash(token), { identity, expiresAt: this.clock.now() + this.lifetimeMs });
    return token;
  }

  find(token: string): Identity | undefined {
    const owner = this.#owners.get(this.hasher.hash(token));
    return owner && owner.expiresAt > this.clock.now() ? owner.identity : undefined;
  }

  revoke(token: string): void {
    this.#owners.delete(this.hasher.hash(token));
  }

  #makeRoom(): void {
    // all live equally long, so the order of insertion is the order of expiry
    for (const [hash, { expiresAt }] of this.#owners) {
      if (expiresAt > this.clock.now() && this.#owners.size < mostTokens) return;
      this.#owners.delete(hash);
    }
  }
}
