import { inject, injectable } from 'tsyringe';
import type { Team } from '../../../domain/access/team.js';
import type { TeamRepository } from '../../../services/ports/team-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { TeamMemberRow } from '../entities/team-member-row.js';
import { TeamRow } from '../entities/team-row.js';
import { groupBy } from '../group-by.js';
import { insertAll, listParameter, upsertInto } from '../statements.js';

@injectable()
export class SqlTeamRepository implements TeamRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async findById(id: string): Promise<Team | undefined> {
    const team = await this.database.read.findOneBy(TeamRow, { id });
    if (!team) return undefined;
    return toDomain(team, await this.database.read.findBy(TeamMemberRow, { team_id: id }));
  }

  async list(): Promise<readonly Team[]> {
    const teams = await this.database.read.find(TeamRow, { order: { id: 'ASC' } });
    const members = groupBy(await this.database.read.find(TeamMemberRow), (member) => member.team_id);
    return teams.map((team) => toDomain(team, members.get(team.id) ?? []));
  }

  upsert(teams: readonly Team[]): Promise<void> {
    return this.database.run(async () => {
      const members = teams.flatMap(toMemberRows);
      const statements = [
        ...upsertInto('teams', ['id'], teams.map(toRow)),
        {
          sql: 'DELETE FROM team_members WHERE team_id IN (SELECT value FROM json_each(?))',
          parameters: [listParameter(teams.map((team) => team.id))],
        },
        ...insertAll('team_members', members),
      ];
      for (const { sql, parameters } of statements) await this.database.execute(sql, parameters);
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.database.execute('DELETE FROM teams WHERE id IN (SELECT value FROM json_each(?))', [listParameter(ids)]);
  }
}

function toDomain(team: TeamRow, members: readonly TeamMemberRow[]): Team {
  return {
    id: team.id,
    name: team.name,
    description: team.description ?? undefined,
    globalAdmin: team.global_admin === 1,
    members: members.toSorted((a, b) => a.position - b.position).map((member) => member.user_id),
  };
}

function toRow(team: Team): TeamRow {
  return {
    id: team.id,
    name: team.name,
    description: team.description ?? null,
    global_admin: team.globalAdmin ? 1 : 0,
  };
}

function toMemberRows(team: Team): TeamMemberRow[] {
  return [...new Set(team.members)].map((user_id, position) => ({ team_id: team.id, user_id, position }));
}
