import type { JsonSchema } from './values.js';

/** Marks a text of a configuration as the name of a secret. */
export const secretNameFormat = 'danube-secret';

/**
 * Schema for a key of a `configSchema` that holds the *name* of a secret. The names that an entry gives under such keys are
 * the only ones that its `context.secret` answers.
 */
export function secretName(description: string): JsonSchema {
  return { type: 'string', minLength: 1, maxLength: 200, format: secretNameFormat, description };
}
