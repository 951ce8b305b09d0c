export type SecretScope =
  | { readonly kind: 'global' }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'pipeline'; readonly pipelineId: string };

/** A stored secret; the value is ciphertext here and nowhere else in the database. */
export interface SecretRecord {
  readonly id: string;
  readonly name: string;
  readonly scope: SecretScope;
  readonly ciphertext: Uint8Array;
  readonly createdAt: number;
  readonly updatedAt: number;
}
