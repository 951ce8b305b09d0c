import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('verdicts')
export class VerdictRow {
  @PrimaryColumn({ type: 'text' })
  delivery_id!: string;
  @PrimaryColumn({ type: 'text' })
  pipeline_id!: string;
  @Column({ type: 'text' })
  outcome!: string;
  @Column({ type: 'text' })
  reason!: string;
  @Column({ type: 'text', nullable: true })
  job_id!: string | null;
}
