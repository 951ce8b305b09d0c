import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pipelines')
export class PipelineRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'text' })
  team_id!: string;
  @Column({ type: 'text', nullable: true })
  description!: string | null;
  @Column({ type: 'text' })
  repository!: string;
  /** The repository's URL in the form in which deliveries are compared with it. */
  @Column({ type: 'text' })
  repository_key!: string;
  @Column({ type: 'text' })
  branch!: string;
  @Column({ type: 'text' })
  file!: string;
  /** JSON array, or null where the pipeline file decides. */
  @Column({ type: 'text', nullable: true })
  triggers!: string | null;
  @Column({ type: 'integer' })
  timeout_ms!: number;
  @Column({ type: 'text' })
  timeout_action!: string;
  @Column({ type: 'text' })
  concurrency!: string;
  @Column({ type: 'integer', nullable: true })
  max_concurrent_jobs!: number | null;
  @Column({ type: 'integer' })
  max_concurrent_steps!: number;
  /** 0 or 1. */
  @Column({ type: 'integer' })
  clone_submodules!: number;
  @Column({ type: 'integer' })
  clone_depth!: number;
  @Column({ type: 'text', nullable: true })
  webhook_secret!: string | null;
  /** JSON object. */
  @Column({ type: 'text' })
  env!: string;
  /** 0 or 1. */
  @Column({ type: 'integer' })
  network!: number;
  @Column({ type: 'text', nullable: true })
  image!: string | null;
  /** JSON object, or null where the pipeline asks for nothing. */
  @Column({ type: 'text', nullable: true })
  kubernetes!: string | null;
  @Column({ type: 'text' })
  origin_file!: string;
  @Column({ type: 'integer' })
  origin_line!: number;
}
