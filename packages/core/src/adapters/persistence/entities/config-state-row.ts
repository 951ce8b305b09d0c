import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table holds one row at most, with id 1. */
@Entity('config_state')
export class ConfigStateRow {
  @PrimaryColumn({ type: 'integer' })
  id!: number;
  @Column({ type: 'text' })
  commit_sha!: string;
  /** JSON object. */
  @Column({ type: 'text' })
  settings!: string;
  @Column({ type: 'integer' })
  applied_at!: number;
}
