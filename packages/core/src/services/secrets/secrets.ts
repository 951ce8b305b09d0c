import { inject, injectable } from 'tsyringe';
import type { AuditAction, AuditOutcome } from '../../domain/audit/audit-entry.js';
import type { SecretKey, SecretRecord, SecretScope } from '../../domain/secret/secret-record.js';
import { isSecretName } from '../../domain/secret/secret-name.js';
import { sealingContext } from '../../domain/secret/secret-scope.js';
import { secretValueProblem } from '../../domain/secret/secret-value-problem.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { SecretCipher } from '../ports/secret-cipher.js';
import type { SecretMask } from '../ports/secret-mask.js';
import type { SecretRepository } from '../ports/secret-repository.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';
import { secretManagedByConfig, secretNameInvalid, secretNotFound, secretValueInvalid } from './secret-errors.js';
import type { SecretScopes } from './secret-scopes.js';

/** The store of secrets as people manage it: values go in, names come out. */
@injectable()
export class Secrets {
  private readonly log: Logger;

  constructor(
    @inject(Tokens.SecretRepository) private readonly secrets: SecretRepository,
    @inject(Tokens.SecretScopes) private readonly scopes: SecretScopes,
    @inject(Tokens.SecretCipher) private readonly cipher: SecretCipher,
    @inject(Tokens.SecretMask) private readonly mask: SecretMask,
    @inject(Tokens.AuditLog) private readonly auditLog: AuditLog,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.log = loggers.forTarget('danube.secrets');
  }

  /**
   * Stores a value, or replaces the one that is there. `actor` is who asks.
   * @throws DanubeError `secret_name_invalid`, `secret_value_invalid`, `team_not_found`, `pipeline_not_found`,
   * `secret_managed_by_config` (conflict)
   */
  async set(
    name: string,
    value: string,
    scope: SecretScope,
    actor: string,
  ): Promise<{ readonly key: SecretKey; readonly replaced: boolean }> {
    if (!isSecretName(name)) throw secretNameInvalid(name);
    const problem = secretValueProblem(value);
    if (problem !== undefined) throw secretValueInvalid(name, problem);
    this.mask.hide(value);
    const ciphertext = this.cipher.seal(new TextEncoder().encode(value), sealingContext(name, scope));
    const outcome = await this.unitOfWork.run(async () => {
      await this.scopes.check(scope);
      const old = await this.#findManual(name, scope);
      const now = this.clock.now();
      const key = { name, scope, sealed: undefined, createdAt: old?.createdAt ?? now, updatedAt: now };
      await this.secrets.save({ ...key, id: old?.id ?? this.ids.newId(), ciphertext });
      const stored = old === undefined ? 'stored' : 'replaced';
      await this.#audit('secret.set', stored, name, scope, actor);
      return { key, replaced: old !== undefined };
    });
    this.log.info('secret set', { name, scope, actor, replaced: outcome.replaced });
    return outcome;
  }

  /** @throws DanubeError `secret_not_found`, `secret_managed_by_config` (conflict) */
  async remove(name: string, scope: SecretScope, actor: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      if ((await this.#findManual(name, scope)) === undefined) throw secretNotFound(name, scope);
      await this.secrets.remove(name, scope);
      await this.#audit('secret.remove', 'removed', name, scope, actor);
    });
    this.log.info('secret removed', { name, scope, actor });
  }

  list(): Promise<readonly SecretKey[]> {
    return this.secrets.list();
  }

  /**
   * What a pipeline sees: of each name the nearest one, by name.
   * @throws DanubeError `pipeline_not_found`
   */
  async listForPipeline(pipelineId: string): Promise<readonly SecretKey[]> {
    const scope = { kind: 'pipeline', pipelineId } as const;
    await this.scopes.check(scope);
    const nearest = new Map<string, SecretKey>();
    for (const seen of (await this.scopes.visibleFrom(scope)).toReversed()) {
      for (const key of await this.secrets.listByScope(seen)) nearest.set(key.name, key);
    }
    return [...nearest.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** What the next sync would set again is not for people to change. */
  async #findManual(name: string, scope: SecretScope): Promise<SecretRecord | undefined> {
    const secret = await this.secrets.find(name, scope);
    if (secret?.sealed !== undefined) throw secretManagedByConfig(name, scope);
    return secret;
  }

  #audit(action: AuditAction, outcome: AuditOutcome, secret: string, scope: SecretScope, actor: string): Promise<void> {
    return this.auditLog.append({ action, outcome, actor, secret, scope, jobId: undefined });
  }
}
