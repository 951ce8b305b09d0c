import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('jobs')
export class JobRow {
  /** Order of arrival; decides between jobs created in the same millisecond. */
  @PrimaryColumn({ type: 'integer' })
  sequence!: number;
  @Column({ type: 'text' })
  id!: string;
  @Column({ type: 'text' })
  pipeline_id!: string;
  @Column({ type: 'integer' })
  number!: number;
  @Column({ type: 'text' })
  status!: string;
  @Column({ type: 'text' })
  trigger_type!: string;
  @Column({ type: 'text' })
  trigger_ref!: string;
  @Column({ type: 'text' })
  trigger_actor!: string;
  @Column({ type: 'text' })
  repository_url!: string;
  @Column({ type: 'text' })
  ref!: string;
  @Column({ type: 'text' })
  branch!: string;
  @Column({ type: 'text' })
  commit_sha!: string;
  /** JSON object. */
  @Column({ type: 'text' })
  env!: string;
  @Column({ type: 'integer' })
  created_at!: number;
  @Column({ type: 'integer', nullable: true })
  scheduled_at!: number | null;
  @Column({ type: 'integer', nullable: true })
  started_at!: number | null;
  @Column({ type: 'integer', nullable: true })
  finished_at!: number | null;
  @Column({ type: 'integer', nullable: true })
  deadline_at!: number | null;
  @Column({ type: 'text', nullable: true })
  reason!: string | null;
  /** JSON object. */
  @Column({ type: 'text', nullable: true })
  pull_request!: string | null;
  /** 0 or 1. */
  @Column({ type: 'integer' })
  with_secrets!: number;
  @Column({ type: 'integer', nullable: true })
  log_removed_at!: number | null;
}
