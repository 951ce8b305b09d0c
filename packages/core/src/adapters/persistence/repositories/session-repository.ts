import { inject, injectable } from 'tsyringe';
import type { SessionRepository, StoredSession } from '../../../services/ports/session-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { SessionRow } from '../entities/session-row.js';

@injectable()
export class SqlSessionRepository implements SessionRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async add({ idHash, name, createdAt, expiresAt }: StoredSession): Promise<void> {
    await this.database.execute('INSERT INTO sessions (id_hash, name, created_at, expires_at) VALUES (?, ?, ?, ?)', [
      idHash,
      name,
      createdAt,
      expiresAt,
    ]);
  }

  async find(idHash: string): Promise<StoredSession | undefined> {
    const row = await this.database.read.findOneBy(SessionRow, { id_hash: idHash });
    return row === null ? undefined : { idHash, name: row.name, createdAt: row.created_at, expiresAt: row.expires_at };
  }

  async remove(idHash: string): Promise<void> {
    await this.database.execute('DELETE FROM sessions WHERE id_hash = ?', [idHash]);
  }

  async removeExpired(at: number): Promise<void> {
    await this.database.execute('DELETE FROM sessions WHERE expires_at <= ?', [at]);
  }
}
