import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('secrets')
export class SecretRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'text' })
  scope_kind!: string;
  /** Team or pipeline; empty for the global scope. */
  @Column({ type: 'text' })
  scope_id!: string;
  @Column({ type: 'blob' })
  ciphertext!: Buffer;
  /** Age text of the config repository that the value came from; null for one that people set. */
  @Column({ type: 'text', nullable: true })
  sealed!: string | null;
  @Column({ type: 'integer' })
  created_at!: number;
  @Column({ type: 'integer' })
  updated_at!: number;
}
