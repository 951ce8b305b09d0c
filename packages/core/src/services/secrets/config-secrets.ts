import { inject, injectable } from 'tsyringe';
import type { AuditAction, AuditOutcome } from '../../domain/audit/audit-entry.js';
import type { ItemChanges } from '../../domain/config/diff-configuration.js';
import { readSealedPayload } from '../../domain/secret/sealed-payload.js';
import { sealCommand, type SealedSecret, type SealedSecretProblem } from '../../domain/secret/sealed-secret.js';
import { sealingContext } from '../../domain/secret/secret-scope.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { SecretCipher } from '../ports/secret-cipher.js';
import type { SecretMask } from '../ports/secret-mask.js';
import type { SecretRepository } from '../ports/secret-repository.js';
import type { SecretUnsealer } from '../ports/secret-unsealer.js';
import { Tokens } from '../tokens.js';

/** A secret of the config repository, ready for the database. */
export interface OpenedSecret extends SealedSecret {
  /** The value as {@link SecretCipher} seals it. */
  readonly ciphertext: Uint8Array;
}

/** The secrets of a commit, ready to be brought into force. */
export interface PreparedSecrets {
  readonly opened: readonly OpenedSecret[];
  /** Ids of those that the commit has no longer. */
  readonly removed: readonly string[];
}

export type SecretsPreparation =
  | { readonly kind: 'ready'; readonly prepared: PreparedSecrets }
  | { readonly kind: 'invalid'; readonly problems: readonly SealedSecretProblem[] };

/** Brings the sealed secrets of the config repository into the store. */
@injectable()
export class ConfigSecrets {
  constructor(
    @inject(Tokens.SecretRepository) private readonly secrets: SecretRepository,
    @inject(Tokens.SecretUnsealer) private readonly unsealer: SecretUnsealer,
    @inject(Tokens.SecretCipher) private readonly cipher: SecretCipher,
    @inject(Tokens.SecretMask) private readonly mask: SecretMask,
    @inject(Tokens.AuditLog) private readonly auditLog: AuditLog,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.Clock) private readonly clock: Clock,
  ) {}

  /** Opens what came or was changed, and nothing else. Writes nothing. */
  async prepare({ added, changed, removed }: ItemChanges<SealedSecret>): Promise<SecretsPreparation> {
    const opened: OpenedSecret[] = [];
    const problems: SealedSecretProblem[] = [];
    for (const secret of [...added, ...changed.map(({ item }) => item)]) {
      const outcome = await this.#open(secret);
      if ('problem' in outcome) problems.push(problemOf(secret, outcome.problem));
      else opened.push({ ...secret, ciphertext: outcome.ciphertext });
    }
    return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'ready', prepared: { opened, removed } };
  }

  /** Joins the caller's transaction, and records each change as made by that commit. */
  async apply({ opened, removed }: PreparedSecrets, commit: string): Promise<void> {
    const gone = new Set(removed);
    const actor = `config commit ${commit}`;
    for (const secret of await this.secrets.listSealed()) {
      if (!gone.has(secret.id)) continue;
      await this.secrets.remove(secret.name, secret.scope);
      await this.#audit('secret.remove', 'removed', secret, actor);
    }
    for (const secret of opened) await this.#store(secret, actor);
  }

  async #open({ name, scope, sealed }: SealedSecret): Promise<{ ciphertext: Uint8Array } | { problem: string }> {
    const text = await this.unsealer.open(sealed);
    if (text === undefined) {
      return { problem: 'does not open with the key of this instance: it was sealed for another one, or is damaged' };
    }
    const payload = readSealedPayload(text, name, scope);
    if ('problem' in payload) return payload;
    this.mask.hide(payload.value);
    return { ciphertext: this.cipher.seal(new TextEncoder().encode(payload.value), sealingContext(name, scope)) };
  }

  /** Takes over a secret of the same name and scope that people have set. */
  async #store({ name, scope, sealed, ciphertext }: OpenedSecret, actor: string): Promise<void> {
    const old = await this.secrets.find(name, scope);
    const now = this.clock.now();
    const id = old?.id ?? this.ids.newId();
    await this.secrets.save({ id, name, scope, sealed, ciphertext, createdAt: old?.createdAt ?? now, updatedAt: now });
    await this.#audit('secret.set', old === undefined ? 'stored' : 'replaced', { name, scope }, actor);
  }

  #audit(
    action: AuditAction,
    outcome: AuditOutcome,
    { name, scope }: Pick<SealedSecret, 'name' | 'scope'>,
    actor: string,
  ): Promise<void> {
    return this.auditLog.append({ action, outcome, actor, secret: name, scope, jobId: undefined });
  }
}

function problemOf(secret: SealedSecret, problem: string): SealedSecretProblem {
  const suggestion = `seal it anew: "${sealCommand(secret.name, secret.scope)}"`;
  return { secret, message: `this sealed value ${problem}`, suggestion };
}
