import { DanubeError, type ErrorCategory } from '@danube/plugin-api';

/** The error that an answer with a failing status stands for. */
export async function readApiError(answer: Response): Promise<DanubeError> {
  const category = categoryOf(answer.status);
  const text = await answer.text();
  const told = parseError(text);
  if (told !== undefined) return new DanubeError(told.code, told.message, { category, details: told.details ?? {} });
  return new DanubeError('server_error', `${answer.url} answered ${answer.status} ${answer.statusText}`, { category });
}

interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

function parseError(text: string): ToldError | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: Partial<ToldError> };
    return typeof error?.code === 'string' && typeof error.message === 'string' ? (error as ToldError) : undefined;
  } catch {
    return undefined;
  }
}

function categoryOf(status: number): ErrorCategory {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 409:
      return 'conflict';
    case 429:
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return status < 500 ? 'invalid' : 'internal';
  }
}
