import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('config_syncs')
export class ConfigSyncRow {
  @PrimaryColumn({ type: 'integer' })
  id!: number;
  @Column({ type: 'text', nullable: true })
  commit_sha!: string | null;
  @Column({ type: 'text' })
  status!: string;
  @Column({ type: 'integer' })
  started_at!: number;
  @Column({ type: 'integer' })
  finished_at!: number;
  /** JSON array. */
  @Column({ type: 'text' })
  problems!: string;
}
