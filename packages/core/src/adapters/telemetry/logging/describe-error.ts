import { isDanubeError } from '@danube/plugin-api';

/** An error as a plain object for the log. The stack begins with the message, so it is not repeated. */
export function describeError(error: Error): Readonly<Record<string, unknown>> {
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && error.code !== undefined && { code: error.code }),
    ...(isDanubeError(error) && { category: error.category, details: error.details }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: error.cause }),
  };
}
