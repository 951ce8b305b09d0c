import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sessions')
export class SessionRow {
  @PrimaryColumn({ type: 'text' })
  id_hash!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'integer' })
  created_at!: number;
  @Column({ type: 'integer' })
  expires_at!: number;
}
