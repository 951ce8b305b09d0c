import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pipeline_files')
export class PipelineFileRow {
  @PrimaryColumn({ type: 'text' })
  pipeline_id!: string;
  /** Where it was read; the pipeline may have moved since. */
  @Column({ type: 'text' })
  repository!: string;
  @Column({ type: 'text' })
  branch!: string;
  @Column({ type: 'text' })
  file!: string;
  @Column({ type: 'text' })
  commit_sha!: string;
  @Column({ type: 'text', nullable: true })
  blob_id!: string | null;
  /** JSON array. */
  @Column({ type: 'text' })
  triggers!: string;
  /** JSON array. */
  @Column({ type: 'text' })
  problems!: string;
  @Column({ type: 'integer' })
  read_at!: number;
}
