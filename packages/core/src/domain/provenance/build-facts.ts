import type { Artifact } from '../artifact/artifact.js';
import type { Job } from '../job/job.js';
import type { Step } from '../step/step.js';
import type { BuildMode } from './build-mode.js';

/** Under which circumstances a job started: later ones may be others. */
export interface BuildCircumstances {
  /** Where this server is reached; see `builderId` for what makes it the id of a builder. */
  readonly platformId: string;
  readonly danubeVersion: string;
  readonly mode: BuildMode;
  /** Commit of the config repository; undefined where none was in force. */
  readonly configCommit: string | undefined;
  /** Path of the pipeline file within the repository. */
  readonly pipelineFile: string;
  /** Image of the worker; undefined where it has none. */
  readonly image: string | undefined;
}

/** All that a provenance document is made from. */
export interface BuildFacts {
  readonly job: Job;
  readonly steps: readonly Step[];
  readonly artifacts: readonly Artifact[];
  readonly circumstances: BuildCircumstances;
  /** Of the pipeline file; undefined where it could not be read any more. */
  readonly pipelineFileSha256: string | undefined;
  /** Of the whole stored log. */
  readonly logSha256: string;
}
