/** Tokens of unfinished jobs, hashed. */
export interface JobTokenRepository {
  /** Replaces the job's token. */
  save(jobId: string, tokenHash: string): Promise<void>;
  findJobId(tokenHash: string): Promise<string | undefined>;
  removeByJob(jobId: string): Promise<void>;
}
