import { Entity, PrimaryColumn } from 'typeorm';

@Entity('job_tokens')
export class JobTokenRow {
  @PrimaryColumn({ type: 'text' })
  job_id!: string;
  @PrimaryColumn({ type: 'text' })
  token_hash!: string;
}
