import type { Team } from '../../domain/access/team.js';

export interface TeamRepository {
  findById(id: string): Promise<Team | undefined>;
  list(): Promise<readonly Team[]>;
  upsert(teams: readonly Team[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}
