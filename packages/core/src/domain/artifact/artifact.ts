/** A file set that a job uploaded. */
export interface Artifact {
  readonly id: string;
  readonly jobId: string;
  readonly name: string;
  /** Bytes of the stored archive, a `.tar.gz`. */
  readonly sizeBytes: number;
  /** Lower-case hexadecimal SHA-256 of the stored archive. */
  readonly sha256: string;
  /** Ed25519 signature over what `signedContent` says; undefined of what was stored before there were signatures. */
  readonly signature: Uint8Array | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly place: ObjectPlace;
}

/** Where an object lies. */
export interface ObjectPlace {
  /** Name of the entry of `storage` that holds it; empty: the server's own data directory. */
  readonly storage: string;
  readonly key: string;
}
