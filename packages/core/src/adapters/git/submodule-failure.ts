import { DanubeError } from '@danube/plugin-api';

/** The same failure, saying which submodule it is about. */
export function namingSubmodule(path: string, cause: DanubeError): DanubeError {
  const { category, retryable, retryAfterMs, details } = cause;
  const options = { category, retryable, details, cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return new DanubeError(cause.code, `submodule "${path}": ${cause.message}`, options);
}

/** For one that only a credential would open. */
export function submoduleElsewhere(path: string, url: string): DanubeError {
  return submodulesRefused(
    `submodule "${path}" (${url}) is not open to everybody, and credentials are used for submodules on the same server only; give it a relative URL, or get it in a step`,
  );
}

export function submodulesRefused(message: string): DanubeError {
  return new DanubeError('submodules_refused', message, { category: 'invalid' });
}
