import { DanubeError, type SecretValue } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { Artifact } from '../../domain/artifact/artifact.js';
import type { ReadArtifact } from '../artifacts/read-artifact.js';
import type { StoreArtifact, UploadRequest } from '../artifacts/store-artifact.js';
import type { ReportStatus } from '../jobs/report-status.js';
import type { RunStep, RunStepEvent, RunStepRequest } from '../jobs/run-step.js';
import type { JobTokenRepository } from '../ports/job-token-repository.js';
import type { GetSecret } from '../secrets/get-secret.js';
import type { TokenHasher } from '../ports/token-hasher.js';
import { Tokens } from '../tokens.js';
import type { ControlPlane, OpenArtifact, ReportedStatus } from './control-plane.js';

/** The use cases behind the control plane, closed until the jobs of the last life have been taken up. */
@injectable()
export class JobControlPlane implements ControlPlane {
  #open = false;

  constructor(
    @inject(Tokens.JobTokenRepository) private readonly tokens: JobTokenRepository,
    @inject(Tokens.TokenHasher) private readonly hasher: TokenHasher,
    @inject(Tokens.RunStep) private readonly runStepUseCase: RunStep,
    @inject(Tokens.GetSecret) private readonly getSecretUseCase: GetSecret,
    @inject(Tokens.StoreArtifact) private readonly storeArtifact: StoreArtifact,
    @inject(Tokens.ReadArtifact) private readonly readArtifact: ReadArtifact,
    @inject(Tokens.ReportStatus) private readonly reportStatusUseCase: ReportStatus,
  ) {}

  /** Call it once the jobs of the last life have been taken up: before, a coordinator is asked to come again. */
  open(): void {
    this.#open = true;
  }

  /** Every call enters here first, which is why the gate stands here. */
  async authenticate(token: string): Promise<string> {
    if (!this.#open) {
      throw new DanubeError('master_starting', 'the master is taking up its jobs; ask again', {
        category: 'unavailable',
        retryAfterMs: 200,
      });
    }
    const jobId = await this.tokens.findJobId(this.hasher.hash(token));
    if (jobId !== undefined) return jobId;
    throw new DanubeError('token_invalid', 'this token opens no running job', { category: 'unauthenticated' });
  }

  runStep(jobId: string, request: RunStepRequest, signal: AbortSignal): AsyncIterable<RunStepEvent> {
    return this.runStepUseCase.execute(jobId, request, signal);
  }

  getSecret(jobId: string, name: string): Promise<SecretValue> {
    return this.getSecretUseCase.execute(jobId, name);
  }

  uploadArtifact(
    jobId: string,
    request: UploadRequest,
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<Artifact> {
    return this.storeArtifact.execute(jobId, request, archive, signal);
  }

  async downloadArtifact(jobId: string, name: string, signal: AbortSignal): Promise<OpenArtifact> {
    const artifact = await this.readArtifact.find(jobId, name);
    return { artifact, content: await this.readArtifact.open(artifact, signal) };
  }

  reportStatus(jobId: string, _status: ReportedStatus, message: string): Promise<void> {
    return this.reportStatusUseCase.execute(jobId, message);
  }
}
