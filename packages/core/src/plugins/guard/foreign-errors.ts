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

/** Takes the values of secrets out of a text. */
export type HideSecrets = (text: string) => string;

/** What a plugin threw, as the error that it may leave the plugin as: it is shown to people, whatever it says. */
export function asDanubeError(error: unknown, call: PluginCall, hideSecrets: HideSecrets): DanubeError {
  if (keepsContract(error)) return asShown(error, call, hideSecrets);
  const where = `${call.point}.${call.method}`;
  if (error instanceof AnswerProblem) {
    const broken = `plugin ${call.plugin} broke the contract in ${where}: ${error.message}`;
    return new DanubeError('plugin_answer_invalid', broken, { category: 'internal' });
  }
  const message = `plugin ${call.plugin} failed in ${where}: ${hideSecrets(firstLine(error))}`;
  return new DanubeError('plugin_failed', message, { category: 'internal', cause: error });
}

export function timedOut({ plugin, point, method }: PluginCall, limitMs: number): DanubeError {
  return new DanubeError(
    'plugin_timeout',
    `plugin ${plugin} did not answer ${point}.${method} within ${limitMs / 1000} s`,
    { category: 'unavailable' },
  );
}

function keepsContract(error: unknown): error is DanubeError {
  try {
    if (!isDanubeError(error)) return false;
    return (
      typeof error.code === 'string' && typeof error.message === 'string' && Object.hasOwn(categories, error.category)
    );
  } catch {
    // its members cannot be read
    return false;
  }
}

function asShown(error: DanubeError, { point }: PluginCall, hideSecrets: HideSecrets): DanubeError {
  const message = hideSecrets(error.message);
  const { code, retryable, retryAfterMs } = error;
  const refusesServer = error.category === 'unauthenticated' || error.category === 'forbidden';
  // a storage is read for whoever asks for an artifact: that it refuses the server says nothing of them and their session
  const category = point === 'storages' && refusesServer ? 'unavailable' : error.category;
  if (message === error.message && category === error.category) return error;
  return new DanubeError(code, message, { category, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

/** Never a stack, which names paths of this machine. */
export function firstLine(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : error;
    return (String(text).split('\n')[0] ?? '').slice(0, maxMessage);
  } catch {
    return 'it threw something that cannot be printed';
  }
}
