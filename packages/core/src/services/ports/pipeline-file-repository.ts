import type { PipelineFile } from '../../domain/trigger/pipeline-file.js';

/** Triggers of pipeline files, for pipelines whose configuration gives none. They go with their pipeline. */
export interface PipelineFileRepository {
  listByPipelines(pipelineIds: readonly string[]): Promise<readonly PipelineFile[]>;
  /** Inserts or replaces; does nothing where the pipeline has been removed. */
  save(file: PipelineFile): Promise<void>;
}
