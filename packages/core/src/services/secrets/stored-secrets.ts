import { SecretValue } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { SecretRecord, SecretScope } from '../../domain/secret/secret-record.js';
import { sealingContext } from '../../domain/secret/secret-scope.js';
import type { SecretCipher } from '../ports/secret-cipher.js';
import type { SecretMask } from '../ports/secret-mask.js';
import type { SecretRepository } from '../ports/secret-repository.js';
import { Tokens } from '../tokens.js';
import type { SecretReader } from './secret-reader.js';
import type { SecretScopes } from './secret-scopes.js';

/** Opens secrets of the store. Whatever it gives out is kept out of the log from then on. */
@injectable()
export class StoredSecrets implements SecretReader {
  constructor(
    @inject(Tokens.SecretRepository) private readonly secrets: SecretRepository,
    @inject(Tokens.SecretScopes) private readonly scopes: SecretScopes,
    @inject(Tokens.SecretCipher) private readonly cipher: SecretCipher,
    @inject(Tokens.SecretMask) private readonly mask: SecretMask,
  ) {}

  async read(name: string, scope: SecretScope): Promise<SecretValue | undefined> {
    for (const seen of await this.scopes.visibleFrom(scope)) {
      const secret = await this.secrets.find(name, seen);
      if (secret !== undefined) return this.#open(secret);
    }
    return undefined;
  }

  async readAll(scope: SecretScope): Promise<ReadonlyMap<string, SecretValue>> {
    const nearest = new Map<string, SecretRecord>();
    for (const seen of (await this.scopes.visibleFrom(scope)).toReversed()) {
      for (const secret of await this.secrets.findByScope(seen)) nearest.set(secret.name, secret);
    }
    return new Map([...nearest].map(([name, secret]) => [name, this.#open(secret)]));
  }

  #open({ name, scope, ciphertext }: SecretRecord): SecretValue {
    const bytes = this.cipher.open(ciphertext, sealingContext(name, scope));
    const value = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    this.mask.hide(value);
    return new SecretValue(value);
  }
}
