import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('job_tokens')
export class JobTokenRow {
  @PrimaryColumn({ type: 'text' })
  job_id!: string;
  @Column({ type: 'text' })
  token_hash!: string;
}
