import { inject, injectable } from 'tsyringe';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { ArtifactRepository } from '../ports/artifact-repository.js';
import { Tokens } from '../tokens.js';
import { quotaExceeded } from './artifact-errors.js';

/** How much the artifacts of one job may have together, also while several of them are on their way. */
@injectable()
export class ArtifactQuota {
  /** Bytes of uploads that have not ended, by job. */
  readonly #arriving = new Map<string, number>();

  constructor(
    @inject(Tokens.ArtifactRepository) private readonly artifacts: ArtifactRepository,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
  ) {}

  get limitBytes(): number {
    return this.configuration.settings.artifacts.maxBytesPerJob;
  }

  /**
   * Passes the bytes on as long as they are within the limit. An artifact of the same name is not counted: it is replaced.
   * @throws DanubeError `artifact_quota_exceeded` (conflict)
   */
  async *limit(jobId: string, name: string, content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const others = (await this.artifacts.listByJob(jobId)).filter((artifact) => artifact.name !== name);
    const stored = others.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let mine = 0;
    try {
      for await (const chunk of content) {
        mine += chunk.length;
        const arriving = this.#add(jobId, chunk.length);
        if (stored + arriving > this.limitBytes) throw quotaExceeded(stored + arriving - mine, this.limitBytes);
        yield chunk;
      }
    } finally {
      if (this.#add(jobId, -mine) === 0) this.#arriving.delete(jobId);
    }
  }

  #add(jobId: string, bytes: number): number {
    const sum = (this.#arriving.get(jobId) ?? 0) + bytes;
    this.#arriving.set(jobId, sum);
    return sum;
  }
}
