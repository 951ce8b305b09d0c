import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { Page } from './job-repository.js';

/** Pipelines as the last good commit of the config repository has them. */
export interface PipelineRepository {
  findById(id: string): Promise<Pipeline | undefined>;
  /** By name. `cursor` is a pipeline id (keyset pagination). */
  list(
    filter: { readonly team?: string; readonly search?: string },
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<Pipeline>>;
  /** Pipelines that build a repository with one of these URLs, however they write it (domain `repositoryKey`); by name. */
  listByRepository(urls: readonly string[]): Promise<readonly Pipeline[]>;
  /** One URL of each repository that pipelines build. */
  listRepositories(): Promise<readonly string[]>;
  /** Per-pipeline limits of jobs at once, for pipelines that have one. */
  listConcurrencyLimits(): Promise<ReadonlyMap<string, number>>;
  upsert(pipelines: readonly Pipeline[]): Promise<void>;
  /** Removes from the active configuration; jobs and logs stay. */
  remove(ids: readonly string[]): Promise<void>;
}
