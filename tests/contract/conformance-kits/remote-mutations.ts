import { DanubeError, isDanubeError } from '@danube/plugin-api';

export type Call = (signal: AbortSignal) => Promise<unknown>;

/** Wrong ways to call another side, by the end of the name of the check that must find each. */
export const remoteMutations = {
  'does nothing when it is already aborted':
    (call: Call): Call =>
    (signal) =>
      call(signal.aborted ? new AbortController().signal : signal),
  'ends when it is aborted':
    (call: Call): Call =>
    (signal) =>
      call(signal.aborted ? signal : new AbortController().signal),
  'fails for good when it is refused': rethrowing((error) =>
    error.retryable ? error : changed(error, { retryable: true }),
  ),
  'may be retried when the other side breaks down': rethrowing((error) =>
    error.code === 'forge_unavailable' ? new Error('a plain error') : error,
  ),
} as const;

/** With those of protocols in which the other side may limit the rate. */
export const limitedRemoteMutations = {
  ...remoteMutations,
  'says when to retry where the other side limits the rate': rethrowing((error) =>
    error.retryAfterMs === undefined ? error : changed(error, { retryAfterMs: undefined }),
  ),
} as const;

/** A wrong way that every check of failures must find: the error repeats a secret. */
export function tellingSecrets(call: Call, secret: string): Call {
  return rethrowing((error) => (error.retryable ? error : changed(error, {}, `${error.message} with ${secret}`)))(call);
}

function rethrowing(change: (error: DanubeError) => Error): (call: Call) => Call {
  return (call) => (signal) =>
    call(signal).catch((error: unknown) => {
      throw isDanubeError(error) ? change(error) : error;
    });
}

function changed(
  { code, message, category, retryable, retryAfterMs }: DanubeError,
  changes: { readonly retryable?: boolean; readonly retryAfterMs?: undefined },
  newMessage = message,
): DanubeError {
  const wait = 'retryAfterMs' in changes || retryAfterMs === undefined ? {} : { retryAfterMs };
  return new DanubeError(code, newMessage, { category, retryable: changes.retryable ?? retryable, ...wait });
}
