import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('commit_statuses')
export class CommitStatusRow {
  @PrimaryColumn({ type: 'text' })
  job_id!: string;
  @Column({ type: 'text' })
  forge!: string;
  @Column({ type: 'text', nullable: true })
  reported_status!: string | null;
  @Column({ type: 'integer' })
  attempts!: number;
  @Column({ type: 'integer' })
  next_attempt_at!: number;
  /** 0 or 1. */
  @Column({ type: 'integer' })
  settled!: number;
  @Column({ type: 'text', nullable: true })
  error!: string | null;
}
