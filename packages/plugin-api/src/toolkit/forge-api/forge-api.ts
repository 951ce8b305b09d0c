import { DanubeError } from '../../errors.js';
import { JsonObject } from '../json/json-object.js';
import { abortAfter } from '../abort-after.js';
import { forgeFailure } from './forge-failure.js';
import { ownMessage, parsedJson, readAnswer } from './read-answer.js';

/** Which forge, and how to speak to it. */
export interface ForgeApiOptions {
  /** As messages name it, for example `GitHub`. */
  readonly forge: string;
  /** http or https, for example `https://api.github.com`; requests go below it and nowhere else. */
  readonly baseUrl: string;
  /** Headers of each request, such as `authorization`. Called anew for each. */
  readonly headers?: (signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;
  /** Of one request with its answer. Default: 10 s. */
  readonly timeLimitMs?: number;
  /** Of an answer, in bytes. Default: 10 MiB. */
  readonly sizeLimit?: number;
}

/** One request of an API. */
export interface ForgeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, beginning with `/`; make it with `urlPath`. Queries do not appear in messages. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** The answer to a request that succeeded. */
export interface ForgeAnswer {
  readonly headers: Headers;
  /** Parsed JSON; undefined for an empty answer. */
  readonly body: unknown;
  /**
   * The body as an object whose members are checked when they are read.
   * @throws DanubeError `forge_answer_invalid` (unavailable), as do the readers
   */
  readonly object: () => JsonObject;
  /** As {@link object}, for a body that is a list of objects. */
  readonly list: () => readonly JsonObject[];
}

const mostRedirects = 3;

/**
 * Calls the HTTP API of a forge, one attempt a call. Redirects are followed on the same host only, since credentials go with
 * them. Failures are DanubeErrors which say whether and when a later attempt makes sense, and hold nothing that was sent:
 * `forge_unauthorized`, `forge_forbidden`, `forge_not_found`, `forge_refused`, `forge_request_invalid` are final;
 * `forge_rate_limited`, `forge_unavailable` and `forge_answer_invalid` are not. An abort throws the reason of the signal.
 */
export class ForgeApi {
  readonly #options: ForgeApiOptions;
  readonly #base: string;

  /** @throws DanubeError `forge_request_invalid` (invalid) for a base URL that is not http or https */
  constructor(options: ForgeApiOptions) {
    if (!/^https?:\/\/[^@]+$/.test(options.baseUrl) || !URL.canParse(options.baseUrl)) {
      throw requestInvalid(`the base URL of ${options.forge} must be http:// or https:// without credentials`);
    }
    this.#options = options;
    this.#base = new URL(options.baseUrl).href.replace(/\/+$/, '');
  }

  /**
   * One attempt, within the time limit of the options. May be called many times at once; the instance keeps nothing.
   * @throws DanubeError as the class describes, or the reason of the signal
   */
  async call(request: ForgeRequest, signal: AbortSignal): Promise<ForgeAnswer> {
    signal.throwIfAborted();
    const url = this.#urlOf(request);
    const headers = await this.#headersOf(request, signal);
    const limit = abortAfter(this.#options.timeLimitMs ?? 10_000, signal);
    try {
      return await this.#exchange(request, url, headers, limit.signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof DanubeError ? error : this.#unreachable(request, error);
    } finally {
      limit.dispose();
    }
  }

  #urlOf(request: ForgeRequest): URL {
    const url = new URL(`${this.#base}${request.path}`);
    if (!request.path.startsWith('/') || !url.href.startsWith(`${this.#base}/`)) {
      throw requestInvalid(`${nameOf(request)} does not stay below the base URL of ${this.#options.forge}`);
    }
    return url;
  }

  async #headersOf({ body }: ForgeRequest, signal: AbortSignal): Promise<Headers> {
    const headers = (await this.#options.headers?.(signal)) ?? {};
    const own = { accept: 'application/json', 'user-agent': 'danube' };
    const content = body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      return new Headers({ ...own, ...content, ...headers });
    } catch {
      // the original error quotes the value
      throw requestInvalid(`the credential for ${this.#options.forge} holds characters that no HTTP header can`);
    }
  }

  async #exchange(request: ForgeRequest, start: URL, headers: Headers, signal: AbortSignal): Promise<ForgeAnswer> {
    const { method, body } = request;
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    let url = start;
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const response = await fetch(url, { method, headers, ...sent, signal, redirect: 'manual' });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        return await this.#read(request, response, headers);
      }
      await response.body?.cancel();
      url = this.#redirected(request, url, location);
    }
    throw this.#answerInvalid(request, `redirects more than ${mostRedirects} times`);
  }

  #redirected(request: ForgeRequest, from: URL, location: string): URL {
    const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
    if (url?.origin === from.origin) return url;
    throw this.#answerInvalid(request, 'redirects to another host; check the base URL');
  }

  async #read(request: ForgeRequest, response: Response, sent: Headers): Promise<ForgeAnswer> {
    const { forge, sizeLimit = 10 * 1024 * 1024 } = this.#options;
    const { status, headers } = response;
    const bytes = await readAnswer(response, sizeLimit);
    const body = bytes === undefined ? undefined : parsedJson(bytes);
    if (!response.ok) {
      throw forgeFailure({ forge, call: nameOf(request), status, headers, message: ownMessage(body, sent) });
    }
    if (bytes === undefined) throw this.#answerInvalid(request, `is longer than ${sizeLimit} bytes`);
    if (bytes.length > 0 && body === undefined) throw this.#answerInvalid(request, 'is not JSON; check the base URL');
    const invalid = (problem: string) => this.#answerInvalid(request, `cannot be used: ${problem}`);
    return {
      headers,
      body,
      object: () => JsonObject.of(body, invalid),
      list: () => JsonObject.listOf(body, invalid),
    };
  }

  #answerInvalid(request: ForgeRequest, problem: string): DanubeError {
    const message = `the answer of ${this.#options.forge} to ${nameOf(request)} ${problem}`;
    return new DanubeError('forge_answer_invalid', message, { category: 'unavailable' });
  }

  #unreachable(request: ForgeRequest, error: unknown): DanubeError {
    const { name, code, cause } = error as { name?: string; code?: string; cause?: { code?: string } };
    const reason = name === 'TimeoutError' ? 'within its time limit' : `(${cause?.code ?? code ?? 'connection lost'})`;
    const message = `${this.#options.forge} did not answer to ${nameOf(request)} ${reason}; check that ${this.#base} can be reached from here`;
    return new DanubeError('forge_unavailable', message, { category: 'unavailable' });
  }
}

function nameOf({ method, path }: ForgeRequest): string {
  return `${method} ${path.replace(/[?#].*$/s, '')}`;
}

function requestInvalid(message: string): DanubeError {
  return new DanubeError('forge_request_invalid', message, { category: 'invalid' });
}
