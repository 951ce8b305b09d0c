import { inject, injectable } from 'tsyringe';
import type { ConfigProblem, ConfigSync, InstanceSettings } from '../../../domain/config/configuration.js';
import type { ConfigStateRepository } from '../../../services/ports/config-state-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { ConfigStateRow } from '../entities/config-state-row.js';
import { ConfigSyncRow } from '../entities/config-sync-row.js';
import { insertInto, upsertInto } from '../statements.js';

const onlyRow = 1;

@injectable()
export class SqlConfigStateRepository implements ConfigStateRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async current(): ReturnType<ConfigStateRepository['current']> {
    const row = await this.database.read.findOneBy(ConfigStateRow, { id: onlyRow });
    if (!row) return undefined;
    return {
      commit: row.commit_sha,
      settings: JSON.parse(row.settings) as InstanceSettings,
      appliedAt: row.applied_at,
    };
  }

  async setCurrent(commit: string, settings: InstanceSettings, appliedAt: number): Promise<void> {
    const row: ConfigStateRow = {
      id: onlyRow,
      commit_sha: commit,
      settings: JSON.stringify(settings),
      applied_at: appliedAt,
    };
    for (const { sql, parameters } of upsertInto('config_state', ['id'], [row])) {
      await this.database.execute(sql, parameters);
    }
  }

  async recordSync(sync: Omit<ConfigSync, 'id'>): Promise<void> {
    const { sql, parameters } = insertInto('config_syncs', toRow(sync));
    await this.database.execute(sql, parameters);
  }

  async listSyncs(limit: number): Promise<readonly ConfigSync[]> {
    const rows = await this.database.read.find(ConfigSyncRow, { order: { id: 'DESC' }, take: limit });
    return rows.map(toDomain);
  }
}

function toDomain(row: ConfigSyncRow): ConfigSync {
  return {
    id: row.id,
    commit: row.commit_sha ?? undefined,
    status: row.status as ConfigSync['status'],
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    problems: JSON.parse(row.problems) as ConfigProblem[],
  };
}

/** Without `id`, which the database gives. */
function toRow(sync: Omit<ConfigSync, 'id'>): Omit<ConfigSyncRow, 'id'> {
  return {
    commit_sha: sync.commit ?? null,
    status: sync.status,
    started_at: sync.startedAt,
    finished_at: sync.finishedAt,
    problems: JSON.stringify(sync.problems),
  };
}
