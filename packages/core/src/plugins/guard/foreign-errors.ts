import { DanubeError, type ErrorCategory, isDanubeError } from '@danube/plugin-api';
import type { PluginCall } from './plugin-contexts.js';

const categories: Readonly<Record<ErrorCategory, true>> = {
  invalid: true,
  unauthenticated: true,
  forbidden: true,
  not_found: true,
  conflict: true,
  unavailable: true,
  internal: true,
};

const maxMessage = 500;

/** An answer that the contract does not allow; the message says what is wrong with it. */
export class AnswerProblem extends Error {}

/** What a plugin threw, as the error that it may leave the plugin as. */
export function asDanubeError(error: unknown, call: PluginCall): DanubeError {
  if (isDanubeError(error) && error.category in categories) return error;
  const where = `${call.point}.${call.method}`;
  if (error instanceof AnswerProblem) {
    const broken = `plugin ${call.plugin} broke the contract in ${where}: ${error.message}`;
    return new DanubeError('plugin_answer_invalid', broken, { category: 'internal' });
  }
  const message = `plugin ${call.plugin} failed in ${where}: ${firstLine(error)}`;
  return new DanubeError('plugin_failed', message, { category: 'internal', cause: error });
}

export function timedOut({ plugin, point, method }: PluginCall, limitMs: number): DanubeError {
  return new DanubeError(
    'plugin_timeout',
    `plugin ${plugin} did not answer ${point}.${method} within ${limitMs / 1000} s`,
    { category: 'unavailable' },
  );
}

/** Never a stack, which names paths of this machine. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, maxMessage);
}
