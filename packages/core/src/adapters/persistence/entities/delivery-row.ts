import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('deliveries')
export class DeliveryRow {
  /** Order of arrival. */
  @PrimaryColumn({ type: 'integer' })
  sequence!: number;
  @Column({ type: 'text' })
  id!: string;
  @Column({ type: 'text' })
  forge!: string;
  @Column({ type: 'text', nullable: true })
  forge_delivery_id!: string | null;
  /** JSON object. */
  @Column({ type: 'text' })
  headers!: string;
  @Column({ type: 'blob' })
  body!: Buffer;
  @Column({ type: 'integer' })
  received_at!: number;
  @Column({ type: 'text' })
  status!: string;
  @Column({ type: 'integer', nullable: true })
  processed_at!: number | null;
}
