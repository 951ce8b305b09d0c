import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('users')
export class UserRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'text' })
  email!: string;
  @Column({ type: 'text', nullable: true })
  display_name!: string | null;
  @Column({ type: 'text', nullable: true })
  password_hash!: string | null;
  @Column({ type: 'text', nullable: true })
  oidc_subject!: string | null;
}
