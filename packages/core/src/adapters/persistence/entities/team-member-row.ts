import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('team_members')
export class TeamMemberRow {
  @PrimaryColumn({ type: 'text' })
  team_id!: string;
  @PrimaryColumn({ type: 'text' })
  user_id!: string;
  /** Place in the team's list, so that a team reads back as it was written. */
  @Column({ type: 'integer' })
  position!: number;
}
