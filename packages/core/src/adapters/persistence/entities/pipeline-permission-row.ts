import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pipeline_permissions')
export class PipelinePermissionRow {
  @PrimaryColumn({ type: 'text' })
  pipeline_id!: string;
  /** Place in the pipeline's list, so that a pipeline reads back as it was written. */
  @PrimaryColumn({ type: 'integer' })
  position!: number;
  @Column({ type: 'text' })
  team_id!: string;
  @Column({ type: 'text' })
  permission!: string;
}
