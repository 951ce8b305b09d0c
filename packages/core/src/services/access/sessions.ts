import { inject, injectable } from 'tsyringe';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { TokenHasher } from '../ports/token-hasher.js';
import { Tokens } from '../tokens.js';
import type { Identity } from './identity.js';
import { sessionLifetimeMs } from './session-lifetime.js';

/** Sessions of browsers. They end after their lifetime or by logging out; a restart of the server is none of their business. */
@injectable()
export class Sessions {
  constructor(
    @inject(Tokens.SessionRepository) private readonly sessions: SessionRepository,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.TokenHasher) private readonly hasher: TokenHasher,
  ) {}

  /** The value of the session cookie. */
  async open({ name }: Identity): Promise<string> {
    const createdAt = this.clock.now();
    await this.sessions.removeExpired(createdAt);
    const token = this.ids.newToken();
    const expiresAt = createdAt + sessionLifetimeMs;
    await this.sessions.add({ idHash: this.hasher.hash(token), name, createdAt, expiresAt });
    return token;
  }

  async find(token: string): Promise<Identity | undefined> {
    const session = await this.sessions.find(this.hasher.hash(token));
    return session !== undefined && session.expiresAt > this.clock.now() ? { name: session.name } : undefined;
  }

  /** Idempotent. */
  async close(token: string): Promise<void> {
    await this.sessions.remove(this.hasher.hash(token));
  }
}
