import type { Artifact } from '../../domain/artifact/artifact.js';

export interface ArtifactRepository {
  create(artifact: Artifact): Promise<void>;
  listByJob(jobId: string): Promise<readonly Artifact[]>;
  /** False when there was none. */
  remove(id: string): Promise<boolean>;
}
