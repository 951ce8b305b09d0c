import { inject, injectable } from 'tsyringe';
import { IsNull, Not } from 'typeorm';
import { sealedSecret, type SealedSecret } from '../../../domain/secret/sealed-secret.js';
import type { SecretKey, SecretRecord, SecretScope } from '../../../domain/secret/secret-record.js';
import type { SecretRepository } from '../../../services/ports/secret-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { SecretRow } from '../entities/secret-row.js';
import { upsertInto } from '../statements.js';
import { scopeColumns, toScope } from './secret-scope-columns.js';

@injectable()
export class SqlSecretRepository implements SecretRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async save(secret: SecretRecord): Promise<void> {
    for (const { sql, parameters } of upsertInto('secrets', ['scope_kind', 'scope_id', 'name'], [toRow(secret)])) {
      await this.database.execute(sql, parameters);
    }
  }

  async find(name: string, scope: SecretScope): Promise<SecretRecord | undefined> {
    const row = await this.database.read.findOneBy(SecretRow, { ...scopeColumns(scope), name });
    return row ? toDomain(row) : undefined;
  }

  async list(): Promise<readonly SecretKey[]> {
    const order = { name: 'ASC', scope_kind: 'ASC', scope_id: 'ASC' } as const;
    const rows = await this.database.read.find(SecretRow, { select: keyColumns, order });
    return rows.map(toKey);
  }

  async listByScope(scope: SecretScope): Promise<readonly SecretKey[]> {
    const where = scopeColumns(scope);
    const rows = await this.database.read.find(SecretRow, { select: keyColumns, where, order: { name: 'ASC' } });
    return rows.map(toKey);
  }

  async findByScope(scope: SecretScope): Promise<readonly SecretRecord[]> {
    const rows = await this.database.read.find(SecretRow, { where: scopeColumns(scope), order: { name: 'ASC' } });
    return rows.map(toDomain);
  }

  async listSealed(): Promise<readonly SealedSecret[]> {
    const rows = await this.database.read.find(SecretRow, { select: keyColumns, where: { sealed: Not(IsNull()) } });
    return rows.map(toKey).map(({ name, scope, sealed = '' }) => sealedSecret(name, scope, sealed));
  }

  async remove(name: string, scope: SecretScope): Promise<boolean> {
    const { scope_kind, scope_id } = scopeColumns(scope);
    const removed = await this.database.execute(
      'DELETE FROM secrets WHERE scope_kind = ? AND scope_id = ? AND name = ?',
      [scope_kind, scope_id, name],
    );
    return removed === 1;
  }
}

/** Without the ciphertext, which a list has no use for. */
const keyColumns = [
  'id',
  'name',
  'scope_kind',
  'scope_id',
  'sealed',
  'created_at',
  'updated_at',
] as const satisfies (keyof SecretRow)[];

function toKey(row: Omit<SecretRow, 'ciphertext'>): SecretKey {
  return {
    name: row.name,
    scope: toScope(row),
    sealed: row.sealed ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toDomain(row: SecretRow): SecretRecord {
  return { ...toKey(row), id: row.id, ciphertext: row.ciphertext };
}

function toRow(secret: SecretRecord): SecretRow {
  return {
    id: secret.id,
    name: secret.name,
    ...scopeColumns(secret.scope),
    ciphertext: Buffer.from(secret.ciphertext),
    sealed: secret.sealed ?? null,
    created_at: secret.createdAt,
    updated_at: secret.updatedAt,
  };
}
