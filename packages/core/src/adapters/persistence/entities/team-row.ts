import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('teams')
export class TeamRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'text', nullable: true })
  description!: string | null;
  /** 0 or 1. */
  @Column({ type: 'integer' })
  global_admin!: number;
}
