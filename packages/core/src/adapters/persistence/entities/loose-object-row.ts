import { Entity, PrimaryColumn } from 'typeorm';

@Entity('loose_objects')
export class LooseObjectRow {
  @PrimaryColumn({ type: 'text' })
  storage!: string;
  @PrimaryColumn({ type: 'text' })
  object_key!: string;
}
