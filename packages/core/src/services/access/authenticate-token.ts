import { inject, injectable } from 'tsyringe';
import type { TokenHasher } from '../ports/token-hasher.js';
import { Tokens } from '../tokens.js';
import type { Identity } from './identity.js';

/** Finds out whose bearer token it is. Only the instance's admin token is known for now. */
@injectable()
export class AuthenticateToken {
  constructor(
    @inject(Tokens.AdminTokenHash) private readonly adminTokenHash: string,
    @inject(Tokens.TokenHasher) private readonly hasher: TokenHasher,
  ) {}

  /** Undefined for a token that nobody has. Takes equally long for every wrong token. */
  execute(token: string): Promise<Identity | undefined> {
    const matches = this.hasher.equal(this.hasher.hash(token), this.adminTokenHash);
    return Promise.resolve(matches ? { name: 'admin' } : undefined);
  }
}
