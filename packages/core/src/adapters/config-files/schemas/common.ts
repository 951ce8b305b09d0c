import type { JsonSchema } from '@danube/plugin-api';
import { durationHint, durationPattern } from '../../../domain/time/duration.js';

/** `patternErrorMessage` is what editors show, and Danube too, instead of the bare pattern. */
export function pattern(pattern: string, accepted: string, description: string): JsonSchema {
  return { type: 'string', pattern, patternErrorMessage: accepted, description };
}

/** Text that one of Danube's own checks reads, see formats.ts. */
export function format(name: string, accepted: string, description: string): JsonSchema {
  return { type: 'string', format: name, patternErrorMessage: accepted, description };
}

/** Text that one of Danube's own checks reads and explains, see formats.ts. */
export function explained(format: string, description: string): JsonSchema {
  return { type: 'string', format, description };
}

export function text(description: string, maxLength = 500): JsonSchema {
  return { type: 'string', minLength: 1, maxLength, description };
}

export function integer(minimum: number, maximum: number, description: string): JsonSchema {
  return { type: 'integer', minimum, maximum, description };
}

export function oneOf(values: readonly string[], description: string): JsonSchema {
  return { type: 'string', enum: values, description };
}

export function listOf(items: JsonSchema, description: string, maxItems = 1000): JsonSchema {
  return { type: 'array', items, maxItems, description };
}

/** A closed object: an unknown key is a typing error. */
export function object(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
  description: string,
): JsonSchema {
  return { type: 'object', additionalProperties: false, properties, required, description };
}

export function duration(description: string): JsonSchema {
  return { ...pattern(durationPattern, durationHint, description), maxLength: 30 };
}

/** Of everything but secrets. */
export const namePattern = '^[a-z0-9][a-z0-9._-]{0,99}$';

export function name(description: string): JsonSchema {
  return pattern(
    namePattern,
    'lower-case letters, digits, ".", "_" and "-", at most 100, beginning with a letter or digit',
    description,
  );
}
