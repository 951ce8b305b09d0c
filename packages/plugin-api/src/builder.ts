import type { PluginInstance } from './contribution.js';
import type { SecretValue } from './secret-value.js';

/** A step as the pipeline asked for it. */
export interface BuildStep {
  readonly name: string;
  /** The shell command line. */
  readonly command: string;
  /** Image that the pipeline asked for; undefined: the worker's. */
  readonly image: string | undefined;
}

/** What a plan may depend on. */
export interface BuildFacts {
  readonly jobId: string;
  readonly pipeline: string;
  readonly commit: string;
  readonly branch: string;
  /** Absolute path of the workspace within the container. */
  readonly workspace: string;
  /** Registry that images are pushed to; undefined where none is configured. */
  readonly registry: { readonly host: string; readonly insecure: boolean } | undefined;
}

/** A file that the step finds. */
export interface PlannedFile {
  /** Absolute path within the container. */
  readonly path: string;
  readonly content: string | SecretValue;
}

/** How to run a step in an image of its own. Secrets are files, never environment and never arguments. */
export interface BuildPlan {
  readonly image: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly PlannedFile[];
}

/** Turns steps that build images into something that can run without a container engine. Pure: no I/O. */
export interface Builder extends PluginInstance {
  /** Whether this builder plans the step. Called for every step; must be cheap and must not throw. */
  handles(step: BuildStep): boolean;
  /**
   * Called once for a step that it handles. The same arguments give the same plan.
   * @throws DanubeError `build_step_invalid` (invalid) where the command cannot be planned, saying what is accepted
   */
  plan(step: BuildStep, facts: BuildFacts): BuildPlan;
}
