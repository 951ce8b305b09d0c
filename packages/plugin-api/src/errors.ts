/** What kind of failure an error is. Each transport has one total table from category to its own status. */
export type ErrorCategory =
  'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'unavailable' | 'internal';

/** What a {@link DanubeError} says besides its code and message. */
export interface DanubeErrorOptions {
  readonly category: ErrorCategory;
  /** True where the same call may succeed later. Default: true for `unavailable`, false otherwise. */
  readonly retryable?: boolean;
  /** Milliseconds after which a retry makes sense. */
  readonly retryAfterMs?: number;
  /** Plain facts for the reader of the error; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const brand = Symbol.for('danube.error');

/**
 * The one error type that crosses a boundary of Danube. Its `code` is its identity and stays the same between versions;
 * its message is for people and says what to do next. Recognise it with {@link isDanubeError}, never with `instanceof`:
 * two installed copies of this package would not know each other's class.
 */
export class DanubeError extends Error {
  readonly code: string;
  readonly category: ErrorCategory;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: DanubeErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DanubeError';
    this.code = code;
    this.category = options.category;
    this.retryable = options.retryable ?? options.category === 'unavailable';
    this.retryAfterMs = options.retryAfterMs;
    this.details = options.details ?? {};
    Object.defineProperty(this, brand, { value: true });
  }
}

/** True for a {@link DanubeError} of any installed copy of this package. */
export function isDanubeError(value: unknown): value is DanubeError {
  return typeof value === 'object' && value !== null && brand in value;
}
