/** A file set that a job uploaded. */
export interface Artifact {
  readonly id: string;
  readonly jobId: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal SHA-256 of the stored archive. */
  readonly sha256: string;
  readonly createdAt: number;
}
