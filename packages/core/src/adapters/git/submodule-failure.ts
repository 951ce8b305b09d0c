import { DanubeError } from '@danube/plugin-api';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';

/** The same failure, saying which submodule it is about. */
export function namingSubmodule(path: string, cause: DanubeError): DanubeError {
  const { category, retryable, retryAfterMs, details } = cause;
  const options = { category, retryable, details, cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return new DanubeError(cause.code, `submodule "${path}": ${cause.message}`, options);
}

/** Whether it failed for want of the credential that it may not have. Without a key no host of ssh is known either. */
export function isNotOpen({ code }: DanubeError, sameServer: boolean, { notForSubmodules }: RepositoryAccess): boolean {
  const withheld = !sameServer || notForSubmodules === true;
  return withheld && ['git_authentication_missing', 'git_host_key_refused'].includes(code);
}

/** For one that only a credential would open. */
export function submoduleNotOpen(path: string, url: string, { notForSubmodules }: RepositoryAccess): DanubeError {
  const why =
    notForSubmodules === true
      ? 'a job without secrets, as for a pull request from a fork, opens no private submodules'
      : 'credentials are used for submodules on the same server only; give it a relative URL, or get it in a step';
  return submodulesRefused(`submodule "${path}" (${url}) is not open to everybody, and ${why}`);
}

export function submodulesRefused(message: string): DanubeError {
  return new DanubeError('submodules_refused', message, { category: 'invalid' });
}
