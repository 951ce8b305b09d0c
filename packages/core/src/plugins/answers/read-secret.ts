import { SecretValue } from '@danube/plugin-api';
import { AnswerProblem } from '../guard/foreign-errors.js';

/**
 * A secret of a plugin as a secret of this core: the plugin may have another copy of the class, or something that only
 * looks like it and would print the secret.
 */
export function readSecret(value: unknown, what: string): SecretValue {
  const reveal = (value as { readonly reveal?: unknown } | null | undefined)?.reveal;
  const text: unknown = typeof reveal === 'function' ? reveal.call(value) : undefined;
  if (typeof text !== 'string' || text === '')
    throw new AnswerProblem(`${what} must be a SecretValue that is not empty`);
  return new SecretValue(text);
}
