import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('steps')
export class StepRow {
  @PrimaryColumn({ type: 'text' })
  job_id!: string;
  @PrimaryColumn({ type: 'integer' })
  sequence!: number;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'text' })
  command!: string;
  @Column({ type: 'text' })
  request_digest!: string;
  @Column({ type: 'text', nullable: true })
  image!: string | null;
  @Column({ type: 'text' })
  status!: string;
  @Column({ type: 'integer', nullable: true })
  exit_code!: number | null;
  @Column({ type: 'text', nullable: true })
  reason!: string | null;
  @Column({ type: 'integer' })
  created_at!: number;
  @Column({ type: 'integer', nullable: true })
  started_at!: number | null;
  @Column({ type: 'integer', nullable: true })
  finished_at!: number | null;
  @Column({ type: 'integer', nullable: true })
  deadline_at!: number | null;
  @Column({ type: 'integer', nullable: true })
  log_start!: number | null;
  @Column({ type: 'integer', nullable: true })
  log_end!: number | null;
}
