import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('cron_runs')
export class CronRunRow {
  @PrimaryColumn({ type: 'text' })
  pipeline_id!: string;
  @PrimaryColumn({ type: 'text' })
  schedule!: string;
  @Column({ type: 'integer' })
  last_due_at!: number;
  @Column({ type: 'text', nullable: true })
  last_job_id!: string | null;
  @Column({ type: 'text' })
  last_outcome!: string;
}
