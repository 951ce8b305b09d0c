import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_log')
export class AuditRow {
  @PrimaryColumn({ type: 'integer' })
  sequence!: number;
  @Column({ type: 'integer' })
  at!: number;
  @Column({ type: 'text' })
  action!: string;
  @Column({ type: 'text' })
  outcome!: string;
  @Column({ type: 'text' })
  actor!: string;
  @Column({ type: 'text' })
  secret!: string;
  /** Empty where a job asked. */
  @Column({ type: 'text' })
  scope_kind!: string;
  /** Team or pipeline; empty for the global scope. */
  @Column({ type: 'text' })
  scope_id!: string;
  /** Empty where a person asked. */
  @Column({ type: 'text' })
  job_id!: string;
  @Column({ type: 'text' })
  hash!: string;
}
