/** For whom a secret is: everybody, the pipelines of one team, or one pipeline. */
export type SecretScope =
  | { readonly kind: 'global' }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'pipeline'; readonly pipelineId: string };

/** All of a secret that may be shown. Times in milliseconds since the epoch. */
export interface SecretKey {
  readonly name: string;
  readonly scope: SecretScope;
  /** The age text of the config repository that the value came from; undefined for a value that people set. */
  readonly sealed: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A stored secret; the value is ciphertext here and nowhere else in the database. */
export interface SecretRecord extends SecretKey {
  readonly id: string;
  readonly ciphertext: Uint8Array;
}
