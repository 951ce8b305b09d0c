import { DanubeError } from '@danube/plugin-api';
import { readApiError } from './api-error.js';

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What goes along with one request. */
export interface RequestParts {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Speaks to a server's REST API. Every failure is a DanubeError: the server's own, or `server_unreachable`. */
export class ApiClient {
  constructor(
    readonly server: string,
    private readonly token: string | undefined,
  ) {}

  async get<T>(path: string, parts: RequestParts = {}): Promise<T> {
    return (await (await this.request('GET', path, parts)).json()) as T;
  }

  async post<T>(path: string, parts: RequestParts = {}): Promise<T> {
    return (await (await this.request('POST', path, parts)).json()) as T;
  }

  async put<T>(path: string, parts: RequestParts = {}): Promise<T> {
    return (await (await this.request('PUT', path, parts)).json()) as T;
  }

  async delete(path: string, parts: RequestParts = {}): Promise<void> {
    await this.request('DELETE', path, parts);
  }

  /** The answer itself, for bodies that are read as they come. */
  async request(method: Method, path: string, parts: RequestParts = {}): Promise<Response> {
    const answer = await this.send(method, path, parts);
    if (!answer.ok) throw await readApiError(answer);
    return answer;
  }

  /** The answer whatever its status is. */
  async send(method: Method, path: string, parts: RequestParts = {}): Promise<Response> {
    const hasBody = parts.body !== undefined;
    try {
      return await fetch(this.url(path, parts.query), {
        method,
        headers: { ...this.headers, ...(hasBody && { 'content-type': 'application/json' }) },
        ...(hasBody && { body: JSON.stringify(parts.body) }),
        ...(parts.signal !== undefined && { signal: parts.signal }),
      });
    } catch (error) {
      throw unreachable(this.server, error);
    }
  }

  get headers(): Record<string, string> {
    return this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
  }

  url(path: string, query: Query = {}): URL {
    const url = new URL(this.server.replace(/\/+$/, '') + path);
    for (const [name, value] of Object.entries(query)) {
      for (const single of Array.isArray(value) ? (value as readonly string[]) : [value]) {
        if (single !== undefined) url.searchParams.append(name, String(single));
      }
    }
    return url;
  }
}

function unreachable(server: string, error: unknown): DanubeError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException).code;
  const why =
    code === 'ECONNREFUSED' ? 'nothing listens there' : cause instanceof Error ? cause.message : String(cause);
  return new DanubeError('server_unreachable', `no Danube server answers at ${server}: ${why}`, {
    category: 'unavailable',
    cause: error,
  });
}
