import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { TriggerParser } from '../../services/ports/trigger-parser.js';
import type { TriggerSpec } from './schemas/trigger.js';
import { toTrigger } from './to-trigger.js';

/** Reads triggers of pipeline files by the schema of the config repository. The validator is loaded at the first use. */
export class TriggerListParser implements TriggerParser {
  #validate: ValidateFunction | undefined;

  async parse(list: unknown): ReturnType<TriggerParser['parse']> {
    const { createAjv, explainError, triggerListSchema } = await import('./reading-triggers.js');
    this.#validate ??= createAjv().compile(triggerListSchema);
    if (this.#validate(list)) return { kind: 'valid', triggers: (list as readonly TriggerSpec[]).map(toTrigger) };
    const problems = (this.#validate.errors ?? []).map((error) => explainError(error, list));
    return { kind: 'invalid', problems: problems.filter((problem) => problem !== undefined) };
  }
}
