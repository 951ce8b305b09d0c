import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import type { BuildFacts } from '../../domain/provenance/build-facts.js';
import { slsaV02Statement } from '../../domain/provenance/slsa-v02.js';
import { slsaV1Statement } from '../../domain/provenance/slsa-v1.js';
import type { ArtifactRepository } from '../ports/artifact-repository.js';
import type { ContentHasher } from '../ports/content-hasher.js';
import type { LogStore } from '../ports/log-store.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { ProvenanceRepository } from '../ports/provenance-repository.js';
import type { Signer } from '../ports/signer.js';
import type { StepRepository } from '../ports/step-repository.js';
import type { JobSecrets } from '../secrets/job-secrets.js';
import { Tokens } from '../tokens.js';
import type { DigestPipelineFile } from './digest-pipeline-file.js';
import { signStatement } from './sign-statement.js';

/** Says, signed, how the artifacts of a job that succeeded came about. */
@injectable()
export class WriteProvenance {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.ProvenanceRepository) private readonly provenance: ProvenanceRepository,
    @inject(Tokens.ArtifactRepository) private readonly artifacts: ArtifactRepository,
    @inject(Tokens.StepRepository) private readonly steps: StepRepository,
    @inject(Tokens.LogStore) private readonly logs: LogStore,
    @inject(Tokens.JobSecrets) private readonly secrets: JobSecrets,
    @inject(Tokens.DigestPipelineFile) private readonly digestPipelineFile: DigestPipelineFile,
    @inject(Tokens.ContentHasher) private readonly hasher: ContentHasher,
    @inject(Tokens.Signer) private readonly signer: Signer,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.provenance');
  }

  /**
   * Call it once the log is complete and the job's secrets are still known. Idempotent: what was written stays, whatever a
   * later call would write. A job that did not succeed gets none, nor does one without artifacts: a statement needs a subject.
   */
  async execute(job: Job, signal: AbortSignal): Promise<void> {
    if (job.status !== 'success') return;
    const record = await this.provenance.find(job.id);
    if (record === undefined || record.documents !== undefined) return;
    const artifacts = await this.artifacts.listByJob(job.id);
    if (artifacts.length === 0) return;
    try {
      const { circumstances } = record;
      const facts: BuildFacts = {
        job: { ...job, env: await this.#masked(job) },
        steps: await this.steps.listByJob(job.id),
        artifacts,
        circumstances,
        pipelineFileSha256: await this.digestPipelineFile.execute(job, circumstances.pipelineFile, signal),
        logSha256: await this.#digestLog(job.id),
      };
      const slsaV1 = signStatement(slsaV1Statement(facts), this.signer);
      const slsaV02 = signStatement(slsaV02Statement(facts), this.signer);
      if (!(await this.provenance.complete(job.id, { slsaV1, slsaV02 }))) return;
    } catch (error) {
      this.metrics.count('danube_provenance_generated_total', { status: 'failure' });
      throw error;
    }
    this.metrics.count('danube_provenance_generated_total', { status: 'success' });
    this.#logger.info('provenance written', { job_id: job.id, artifacts: artifacts.length });
  }

  /** Variables are never secrets; should somebody have passed one all the same, it is not handed on. */
  async #masked({ id, env }: Job): Promise<Job['env']> {
    const matcher = await this.secrets.matcherOf(id);
    return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, matcher.maskText(value)]));
  }

  async #digestLog(jobId: string): Promise<string> {
    const to = (await this.logs.size(jobId)) ?? 0;
    return this.hasher.sha256(this.logs.read(jobId, { from: 0, to }));
  }
}
