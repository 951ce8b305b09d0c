import type { ConfigPath } from '../../domain/config/config-path.js';
import type { PipelineTrigger } from '../../domain/pipeline/pipeline.js';

export interface TriggerProblem {
  /** Where in the list, for example `[0, 'branches', 1]`. */
  readonly path: ConfigPath;
  /** Whether the problem is with the key rather than with its value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly suggestion: string | undefined;
}

/** Reads a list of triggers as `spec.triggers` of a pipeline has it, wherever it was written. */
export interface TriggerParser {
  /** The triggers, or every problem of the list. */
  parse(
    list: unknown,
  ): Promise<
    | { readonly kind: 'valid'; readonly triggers: readonly PipelineTrigger[] }
    | { readonly kind: 'invalid'; readonly problems: readonly TriggerProblem[] }
  >;
}
