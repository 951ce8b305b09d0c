import type { LocatedValue } from '../../domain/trigger/located-value.js';
import type { PipelineFileProblem } from '../../domain/trigger/pipeline-file.js';

/** One function that a pipeline file marks as a pipeline. */
export interface MarkedPipeline {
  readonly name: string;
  readonly line: number;
  /** What it says about triggers, not checked yet; undefined where it says nothing. */
  readonly triggers: LocatedValue | undefined;
}

export interface ExtractedMetadata {
  readonly pipelines: readonly MarkedPipeline[];
  readonly problems: readonly PipelineFileProblem[];
}

/** Reads the metadata of a pipeline file without executing anything of it. */
export interface TriggerExtractor {
  /**
   * What the file says, or what keeps it from being read: whatever the file holds is an answer, also one that takes too long
   * or too much memory.
   * @throws DanubeError `trigger_reader_failed` (unavailable, retryable) where the reader itself could not run
   */
  extract(text: string, signal: AbortSignal): Promise<ExtractedMetadata>;
}
