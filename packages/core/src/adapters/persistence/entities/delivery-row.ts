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
  @Column({ type: 'text' })
  source!: string;
  @Column({ type: 'text', nullable: true })
  replay_of!: string | null;
  /** Hexadecimal. */
  @Column({ type: 'text' })
  body_sha256!: string;
  @Column({ type: 'integer' })
  body_bytes!: number;
  @Column({ type: 'integer' })
  received_at!: number;
  @Column({ type: 'text' })
  status!: string;
  @Column({ type: 'integer' })
  attempts!: number;
  @Column({ type: 'integer' })
  next_attempt_at!: number;
  @Column({ type: 'integer', nullable: true })
  processed_at!: number | null;
  @Column({ type: 'text', nullable: true })
  event!: string | null;
  @Column({ type: 'text', nullable: true })
  repository!: string | null;
  @Column({ type: 'text', nullable: true })
  ref!: string | null;
  @Column({ type: 'text', nullable: true })
  commit_sha!: string | null;
  /** 0 or 1. */
  @Column({ type: 'integer', nullable: true })
  matched!: number | null;
  /** 0 or 1. */
  @Column({ type: 'integer', nullable: true })
  verified!: number | null;
  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}
