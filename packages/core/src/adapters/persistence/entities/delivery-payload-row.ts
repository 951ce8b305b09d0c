import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('delivery_payloads')
export class DeliveryPayloadRow {
  /** That of the delivery. */
  @PrimaryColumn({ type: 'integer' })
  sequence!: number;
  /** JSON object. */
  @Column({ type: 'text' })
  headers!: string;
  /** JSON object of encrypted values in base64. */
  @Column({ type: 'text' })
  sealed_headers!: string;
  @Column({ type: 'blob' })
  body!: Buffer;
}
