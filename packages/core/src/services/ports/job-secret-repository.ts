/** One secret as a job got it; the value is ciphertext. */
export interface JobSecretRecord {
  readonly name: string;
  readonly ciphertext: Uint8Array;
}

/** The secrets of unfinished jobs, as they were when each job started. */
export interface JobSecretRepository {
  /** Replaces all that the job has. */
  save(jobId: string, secrets: readonly JobSecretRecord[]): Promise<void>;
  listByJob(jobId: string): Promise<readonly JobSecretRecord[]>;
  removeByJob(jobId: string): Promise<void>;
}
