import { inject, injectable } from 'tsyringe';
import type { User } from '../../../domain/access/user.js';
import type { UserRepository } from '../../../services/ports/user-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { UserRow } from '../entities/user-row.js';
import { listParameter, upsertInto } from '../statements.js';

@injectable()
export class SqlUserRepository implements UserRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async findById(id: string): Promise<User | undefined> {
    const row = await this.database.read.findOneBy(UserRow, { id });
    return row ? toDomain(row) : undefined;
  }

  async findByOidcSubject(subject: string): Promise<User | undefined> {
    const row = await this.database.read.findOneBy(UserRow, { oidc_subject: subject });
    return row ? toDomain(row) : undefined;
  }

  async listByTeam(teamId: string): Promise<readonly User[]> {
    const rows: UserRow[] = await this.database.read.query(
      'SELECT users.* FROM users JOIN team_members ON users.id = user_id WHERE team_id = ? ORDER BY user_id',
      [teamId],
    );
    return rows.map(toDomain);
  }

  async list(): Promise<readonly User[]> {
    const rows = await this.database.read.find(UserRow, { order: { id: 'ASC' } });
    return rows.map(toDomain);
  }

  upsert(users: readonly User[]): Promise<void> {
    return this.database.run(async () => {
      for (const { sql, parameters } of upsertInto('users', ['id'], users.map(toRow))) {
        await this.database.execute(sql, parameters);
      }
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.database.execute('DELETE FROM users WHERE id IN (SELECT value FROM json_each(?))', [listParameter(ids)]);
  }
}

function toDomain(row: UserRow): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    displayName: row.display_name ?? undefined,
    passwordHash: row.password_hash ?? undefined,
    oidcSubject: row.oidc_subject ?? undefined,
  };
}

function toRow(user: User): UserRow {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    display_name: user.displayName ?? null,
    password_hash: user.passwordHash ?? null,
    oidc_subject: user.oidcSubject ?? null,
  };
}
