import { inject, injectable } from 'tsyringe';
import type { Artifact } from '../../domain/artifact/artifact.js';
import type { ArtifactRepository } from '../ports/artifact-repository.js';
import type { Metrics } from '../ports/metrics.js';
import { Tokens } from '../tokens.js';
import { artifactNotFound } from './artifact-errors.js';
import type { ArtifactStorages } from './artifact-storages.js';

/** Bytes of an archive, from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

@injectable()
export class ReadArtifact {
  constructor(
    @inject(Tokens.ArtifactRepository) private readonly artifacts: ArtifactRepository,
    @inject(Tokens.ArtifactStorages) private readonly storages: ArtifactStorages,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
  ) {}

  /** @throws DanubeError `artifact_not_found` (not_found) */
  async find(jobId: string, name: string): Promise<Artifact> {
    const artifact = await this.artifacts.find(jobId, name);
    if (artifact === undefined) throw artifactNotFound(jobId, name);
    return artifact;
  }

  /**
   * The archive's bytes at the pace of the reader. The first of them are here already: what fails before is an error to tell,
   * and not an answer that breaks off.
   * @throws DanubeError `artifact_storage_missing`, those of the storage
   */
  async open(artifact: Artifact, signal: AbortSignal, range?: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    const content = this.#content(artifact, signal, range);
    const ahead = [await content.next()];
    const next = async () => ahead.shift() ?? content.next();
    return { [Symbol.asyncIterator]: () => ({ next, return: async () => content.return(undefined) }) };
  }

  async *#content(
    { place, sizeBytes }: Artifact,
    signal: AbortSignal,
    range: ByteRange = { start: 0, end: sizeBytes },
  ): AsyncGenerator<Uint8Array, undefined> {
    for await (const chunk of this.storages.of(place).get(place.key, range, signal)) {
      this.metrics.count('danube_artifact_bytes_total', { direction: 'download' }, chunk.length);
      yield chunk;
    }
  }
}
