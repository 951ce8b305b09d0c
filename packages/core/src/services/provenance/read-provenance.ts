import { inject, injectable } from 'tsyringe';
import { isFinal } from '../../domain/job/job-status.js';
import { jobNotFound } from '../jobs/job-errors.js';
import type { ArtifactRepository } from '../ports/artifact-repository.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { ProvenanceDocuments, ProvenanceRepository } from '../ports/provenance-repository.js';
import { Tokens } from '../tokens.js';
import { provenanceNotFound, provenancePending } from './provenance-errors.js';

@injectable()
export class ReadProvenance {
  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.ArtifactRepository) private readonly artifacts: ArtifactRepository,
    @inject(Tokens.ProvenanceRepository) private readonly provenance: ProvenanceRepository,
  ) {}

  /**
   * The documents, or why there are none.
   * @throws DanubeError `job_not_found`, `provenance_not_found` (not_found), `provenance_pending` (unavailable)
   */
  async execute(jobId: string): Promise<ProvenanceDocuments> {
    const job = await this.jobs.findById(jobId);
    if (job === undefined) throw jobNotFound(jobId);
    if (!isFinal(job.status)) throw provenanceNotFound(jobId, `it has not ended, it is ${job.status}`);
    if (job.status !== 'success') throw provenanceNotFound(jobId, `it did not succeed, it ended with ${job.status}`);
    const record = await this.provenance.find(jobId);
    if (record === undefined) throw provenanceNotFound(jobId, 'it ran before this server wrote any');
    if (record.documents !== undefined) return record.documents;
    const artifacts = await this.artifacts.listByJob(jobId);
    throw artifacts.length === 0 ? provenanceNotFound(jobId, 'it left no artifacts') : provenancePending(jobId);
  }
}
