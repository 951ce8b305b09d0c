import { once, type EventEmitter } from 'node:events';
import type { DanubeError } from '@danube/plugin-api';
import type { Metadata, ServerErrorResponse, ServerWritableStream } from '@grpc/grpc-js';
import { controlError } from '../../services/control/control-error.js';
import type { CallHeaders, ControlCalls } from '../../services/control/control-calls.js';
import { exitFacts } from '../../services/control/exit-facts.js';
import type { Message } from '../../services/control/message-fields.js';
import type { Logger } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import type { RunStepEvent } from '../../services/jobs/run-step.js';
import { downloadMessages, readUpload, uploadAnswer } from './artifact-messages.js';
import type {
  DownloadCall,
  GetSecretAnswer,
  GetSecretCall,
  ReportStatusAnswer,
  ReportStatusCall,
  RunStepCall,
  StepOutputMessage,
  UploadAnswer,
  UploadCall,
} from './coordinator-service.js';
import { grpcError } from './grpc-status.js';

/** One method for each call of CoordinatorService that this master serves. */
export class CoordinatorHandlers {
  readonly #open = new Set<AbortController>();

  constructor(
    private readonly calls: ControlCalls,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** Ends every open stream with UNAVAILABLE. */
  abort(): void {
    for (const controller of this.#open) controller.abort();
  }

  runStep(call: RunStepCall): void {
    this.#stream('RunStep', call, async (send, signal) => {
      const jobId = await this.calls.authenticate(text(call.metadata, 'authorization'));
      await this.calls.runStep(jobId, call.request, signal, (event) => send(outputMessage(event)));
    });
  }

  downloadArtifact(call: DownloadCall): void {
    this.#stream('DownloadArtifact', call, async (send, signal) => {
      const jobId = await this.calls.authenticate(text(call.metadata, 'authorization'));
      const { artifact, content } = await this.calls.downloadArtifact(jobId, call.request, signal);
      for await (const message of downloadMessages(artifact, content)) await send(message);
    });
  }

  uploadArtifact(call: UploadCall, answer: UploadAnswer): void {
    const controller = this.#abortWith(call);
    let stored: object = {};
    void this.#serve('UploadArtifact', call, async () => {
      const jobId = await this.calls.authenticate(text(call.metadata, 'authorization'));
      const { first, content } = await readUpload(call);
      stored = uploadAnswer(await this.calls.uploadArtifact(jobId, first, content, controller.signal));
    }).then((failure) => {
      this.#open.delete(controller);
      if (failure === undefined) answer(null, stored);
      else answer(failure);
    });
  }

  getSecret(call: GetSecretCall, answer: GetSecretAnswer): void {
    let value = '';
    void this.#serve('GetSecret', call, async () => {
      const jobId = await this.calls.authenticate(text(call.metadata, 'authorization'));
      value = await this.calls.getSecret(jobId, call.request);
    }).then((failure) => (failure === undefined ? answer(null, { value }) : answer(failure)));
  }

  reportStatus(call: ReportStatusCall, answer: ReportStatusAnswer): void {
    void this.#serve('ReportStatus', call, async () => {
      const jobId = await this.calls.authenticate(text(call.metadata, 'authorization'));
      await this.calls.reportStatus(jobId, call.request);
    }).then((failure) => (failure === undefined ? answer(null, {}) : answer(failure)));
  }

  /** Answers with a stream at the pace of the reader; `send` resolves when more is taken. */
  #stream<M>(
    method: string,
    call: ServerWritableStream<Message, M>,
    work: (send: (message: M) => Promise<void>, signal: AbortSignal) => Promise<void>,
  ): void {
    const controller = this.#abortWith(call);
    const { signal } = controller;
    const send = async (message: M) => {
      if (call.write(message) || signal.aborted) return;
      // where the wait is aborted, the signal ends what is sent as well
      await once(call, 'drain', { signal }).catch(() => undefined);
    };
    void this.#serve(method, call, () => work(send, signal)).then((failure) => {
      this.#open.delete(controller);
      if (failure === undefined) call.end();
      else call.emit('error', failure);
    });
  }

  /** Aborted when the caller leaves or the server closes. */
  #abortWith(call: EventEmitter): AbortController {
    const controller = new AbortController();
    this.#open.add(controller);
    const abort = () => controller.abort();
    call.on('cancelled', abort).on('error', abort).on('close', abort);
    return controller;
  }

  /** Never rejects: the answer is the failure to send, if any. */
  #serve(
    method: string,
    call: Pick<ReportStatusCall, 'metadata' | 'cancelled'>,
    work: () => Promise<void>,
  ): Promise<ServerErrorResponse | undefined> {
    return this.calls.serve(method, headersOf(call.metadata), async ({ requestId }) => {
      try {
        await work();
        this.metrics.count('danube_grpc_requests_total', { method, status: 'OK' });
        return undefined;
      } catch (error) {
        const told = controlError(error);
        const { response, statusName } = grpcError(told, requestId);
        this.metrics.count('danube_grpc_requests_total', { method, status: call.cancelled ? 'CANCELLED' : statusName });
        if (!call.cancelled) this.#log(method, told);
        return response;
      }
    });
  }

  #log(method: string, error: DanubeError): void {
    const level = error.category === 'internal' ? 'error' : 'info';
    this.logger[level]('a coordinator call failed', { method, code: error.code, err: error });
  }
}

function outputMessage(event: RunStepEvent): StepOutputMessage {
  if (event.kind === 'exit') return exitFacts(event);
  return event.stream === 'stdout' ? { stdout: event.bytes } : { stderr: event.bytes };
}

function headersOf(metadata: Metadata): CallHeaders {
  return { requestId: text(metadata, 'x-request-id'), traceparent: text(metadata, 'traceparent') };
}

function text(metadata: Metadata, key: string): string | undefined {
  return metadata.get(key)[0]?.toString();
}
