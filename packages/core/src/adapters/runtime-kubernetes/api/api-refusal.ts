/** The API server answered with an error. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    /** The server's word for the kind of error, such as `AlreadyExists`; empty where it is no Status object. */
    readonly reason: string,
    message: string,
    /** How long the server asks to wait. */
    readonly retryAfterMs: number,
  ) {
    super(message);
  }

  /** Whether the same call may succeed later. */
  get passes(): boolean {
    return this.status === 429 || this.status >= 500 || this.reason === 'Conflict';
  }
}

/** Understands a Status object and the plain text that proxies and absent API groups answer with. */
export function readRefusal(status: number, body: string, retryAfter: string | undefined): ApiRefusal {
  const seconds = Number(retryAfter ?? 0);
  const waitMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
  const { message, reason } = readStatus(body);
  return new ApiRefusal(status, reason ?? '', message ?? (body.trim().slice(0, 500) || `HTTP ${status}`), waitMs);
}

function readStatus(body: string): { readonly message?: string; readonly reason?: string } {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
