import type { User } from '../../domain/access/user.js';

export interface UserRepository {
  findById(id: string): Promise<User | undefined>;
  findByOidcSubject(subject: string): Promise<User | undefined>;
  listByTeam(teamId: string): Promise<readonly User[]>;
  list(): Promise<readonly User[]>;
  upsert(users: readonly User[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}
