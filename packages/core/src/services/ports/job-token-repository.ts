/** Tokens of unfinished jobs, hashed. */
export interface JobTokenRepository {
  /**
   * Lets one more token open the job. Those of earlier attempts to start it stay: a coordinator that an earlier life of
   * the master has started may ask before it is brought the new one.
   */
  add(jobId: string, tokenHash: string): Promise<void>;
  findJobId(tokenHash: string): Promise<string | undefined>;
  removeByJob(jobId: string): Promise<void>;
}
