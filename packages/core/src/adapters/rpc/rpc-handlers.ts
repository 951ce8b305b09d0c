import { DanubeError } from '@danube/plugin-api';
import { controlError } from '../../services/control/control-error.js';
import type { ControlCalls } from '../../services/control/control-calls.js';
import { exitFacts } from '../../services/control/exit-facts.js';
import type { RunStepEvent } from '../../services/jobs/run-step.js';
import type { Logger } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import { downloadArtifact, uploadArtifact } from './artifact-calls.js';
import { errorBody } from './error-body.js';
import { answer, header, type Request, type Response } from './http-messages.js';
import { httpStatusByCategory } from '../../services/errors/http-status.js';
import { line, LineStream } from './line-stream.js';
import { readMessage } from './read-message.js';

export interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

type Method = (call: Call, jobId: string) => Promise<void>;

const prefix = '/rpc/';
const payloadTooLarge = 413;
const callerGone = new Error('the caller has closed the connection');

/** One method for each path under /rpc. */
export class RpcHandlers {
  readonly #open = new Map<AbortController, Promise<void>>();
  readonly #methods: ReadonlyMap<string, Method>;

  constructor(
    private readonly calls: ControlCalls,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {
    this.#methods = new Map<string, Method>([
      ['run-step', (call, jobId) => this.#runStep(call, jobId)],
      ['get-secret', (call, jobId) => this.#getSecret(call, jobId)],
      ['upload-artifact', (call, jobId) => uploadArtifact(this.calls, call, jobId)],
      ['download-artifact', (call, jobId) => downloadArtifact(this.calls, call, jobId)],
      ['report-status', (call, jobId) => this.#reportStatus(call, jobId)],
    ]);
  }

  /** Ends every open stream with a retryable error; resolves when all of them have been answered. */
  async abort(): Promise<void> {
    for (const controller of this.#open.keys()) controller.abort();
    await Promise.all(this.#open.values());
  }

  /** Answers one request. */
  handle(request: Request, response: Response): void {
    const controller = new AbortController();
    response.on('close', () => controller.abort(callerGone));
    response.on('error', () => controller.abort(callerGone));
    const served = this.#serve(request, response, controller.signal).finally(() => this.#open.delete(controller));
    this.#open.set(controller, served);
  }

  /** Never rejects. */
  #serve(request: Request, response: Response, signal: AbortSignal): Promise<void> {
    const name = methodName(request);
    const method = this.#methods.get(name);
    const label = method === undefined ? 'unknown' : name;
    const headers = { requestId: header(request, 'x-request-id'), traceparent: header(request, 'traceparent') };
    return this.calls.serve(label, headers, async ({ requestId }) => {
      const call = { request, response, requestId, signal };
      try {
        const jobId = await this.calls.authenticate(header(request, 'authorization'));
        if (method === undefined || request.method !== 'POST') throw unknownMethod([...this.#methods.keys()]);
        await method(call, jobId);
        this.#count(label, '200');
      } catch (error) {
        this.#fail(call, label, controlError(error));
      }
    });
  }

  async #runStep({ request, response, requestId, signal }: Call, jobId: string): Promise<void> {
    const message = await readMessage(request);
    const lines = new LineStream(response, requestId, signal);
    await this.calls.runStep(jobId, message, signal, (event) => lines.write(outputLine(event)));
    response.end();
  }

  async #getSecret({ request, response, requestId }: Call, jobId: string): Promise<void> {
    const value = await this.calls.getSecret(jobId, await readMessage(request));
    answer(request, response, 200, { value }, requestId);
  }

  async #reportStatus({ request, response, requestId }: Call, jobId: string): Promise<void> {
    await this.calls.reportStatus(jobId, await readMessage(request));
    answer(request, response, 200, {}, requestId);
  }

  #fail({ request, response, requestId, signal }: Call, label: string, error: DanubeError): void {
    if (signal.reason === callerGone) return this.#count(label, 'cancelled');
    const status = error.code === 'request_too_large' ? payloadTooLarge : httpStatusByCategory[error.category];
    this.#count(label, String(status));
    const level = error.category === 'internal' ? 'error' : 'info';
    this.logger[level]('a coordinator call failed', { method: label, code: error.code, err: error });
    const body = errorBody(error, requestId);
    // in the middle of an archive there is no place for words
    if (response.headersSent && response.hasHeader('content-length')) response.destroy();
    else if (response.headersSent) response.end(line(body));
    else answer(request, response, status, body, requestId);
  }

  #count(method: string, status: string): void {
    this.metrics.count('danube_rpc_requests_total', { method, status });
  }
}

function methodName(request: Request): string {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  return path.startsWith(prefix) ? path.slice(prefix.length) : '';
}

function unknownMethod(known: readonly string[]): DanubeError {
  const calls = known.map((name) => `POST ${prefix}${name}`).join(', ');
  return new DanubeError('method_unknown', `this master serves ${calls}`, { category: 'not_found' });
}

function outputLine(event: RunStepEvent): object {
  if (event.kind === 'exit') return { exit: exitFacts(event) };
  return { [event.stream]: event.bytes.toString('base64') };
}
