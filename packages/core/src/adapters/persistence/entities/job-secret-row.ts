import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('job_secrets')
export class JobSecretRow {
  @PrimaryColumn({ type: 'text' })
  job_id!: string;
  @PrimaryColumn({ type: 'text' })
  name!: string;
  @Column({ type: 'blob' })
  ciphertext!: Buffer;
}
