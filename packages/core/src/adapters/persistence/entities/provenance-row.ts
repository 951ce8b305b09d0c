import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('provenance')
export class ProvenanceRow {
  @PrimaryColumn({ type: 'text' })
  job_id!: string;
  @Column({ type: 'text' })
  circumstances!: string;
  @Column({ type: 'text', nullable: true })
  slsa_v1!: string | null;
  @Column({ type: 'text', nullable: true })
  slsa_v02!: string | null;
}
