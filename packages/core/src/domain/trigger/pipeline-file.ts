import type { PipelineSpec, PipelineTrigger } from '../pipeline/pipeline.js';

/** What is wrong with the triggers of a pipeline file. Line and column count from 1. */
export interface PipelineFileProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a pipeline file says about triggers. */
export interface PipelineFileTriggers {
  /** None where the file names none, and where it has problems: the pipeline then starts by hand only. */
  readonly triggers: readonly PipelineTrigger[];
  readonly problems: readonly PipelineFileProblem[];
}

/** Which file of which branch decides about a pipeline's triggers. */
export type PipelineFileSource = Pick<PipelineSpec, 'repository' | 'branch' | 'file'>;

/** The pipeline file as it was last read at the head of the pipeline's branch. */
export interface PipelineFile extends PipelineFileTriggers {
  readonly pipelineId: string;
  readonly source: PipelineFileSource;
  readonly commit: string;
  /** Git object name of its content; undefined where the commit has no such file. */
  readonly blobId: string | undefined;
  readonly readAt: number;
}

export function sameSource(one: PipelineFileSource, other: PipelineFileSource): boolean {
  return one.repository === other.repository && one.branch === other.branch && one.file === other.file;
}

/** `danubefile.py:3:5: message`. */
export function formatFileProblem(file: string, { line, column, message }: PipelineFileProblem): string {
  return `${file}:${line}:${column}: ${message}`;
}
