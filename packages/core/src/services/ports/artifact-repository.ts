import type { Artifact, ObjectPlace } from '../../domain/artifact/artifact.js';
import type { Page } from './job-repository.js';

export interface ArtifactFilter {
  /** Lower-case hexadecimal. */
  readonly sha256?: string;
}

/** The artifacts that there are, and objects in storages that belong to none. */
export interface ArtifactRepository {
  create(artifact: Artifact): Promise<void>;
  find(jobId: string, name: string): Promise<Artifact | undefined>;
  /** By name. */
  listByJob(jobId: string): Promise<readonly Artifact[]>;
  /** Of all jobs, newest first. */
  list(filter: ArtifactFilter, page: { readonly limit: number; readonly cursor?: string }): Promise<Page<Artifact>>;
  /** Of jobs that ended before that time, oldest first, in pieces of at most `pieceSize`. */
  ofJobsFinishedBefore(before: number, pieceSize: number): AsyncIterable<readonly Artifact[]>;
  /** False when there was none. */
  remove(id: string): Promise<boolean>;
  /**
   * Says that an object may lie here which no artifact owns: before it is written, and when its artifact is removed.
   * What is loose at the next start is deleted then.
   */
  addLoose(place: ObjectPlace): Promise<void>;
  removeLoose(place: ObjectPlace): Promise<void>;
  isLoose(place: ObjectPlace): Promise<boolean>;
  listLoose(): Promise<readonly ObjectPlace[]>;
}
