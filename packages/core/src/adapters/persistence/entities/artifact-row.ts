import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('artifacts')
export class ArtifactRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;
  @Column({ type: 'text' })
  job_id!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'integer' })
  size_bytes!: number;
  @Column({ type: 'text' })
  sha256!: string;
  @Column({ type: 'blob', nullable: true })
  signature!: Buffer | null;
  @Column({ type: 'integer' })
  created_at!: number;
  /** Name of the entry of `storage`; empty: the data directory. */
  @Column({ type: 'text' })
  storage!: string;
  @Column({ type: 'text' })
  object_key!: string;
}
