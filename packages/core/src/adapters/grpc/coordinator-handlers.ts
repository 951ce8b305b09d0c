import { once } from 'node:events';
import type { DanubeError } from '@danube/plugin-api';
import type { Metadata, ServerErrorResponse } from '@grpc/grpc-js';
import { controlError } from '../../services/control/control-error.js';
import type { CallHeaders, ControlCalls } from '../../services/control/control-calls.js';
import { exitFacts } from '../../services/control/exit-facts.js';
import type { Logger } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import type { RunStepEvent } from '../../services/jobs/run-step.js';
import type {
  GetSecretAnswer,
  GetSecretCall,
  ReportStatusAnswer,
  ReportStatusCall,
  RunStepCall,
  StepOutputMessage,
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
    const controller = new AbortController();
    this.#open.add(controller);
    const abort = () => controller.abort();
    call.on('cancelled', abort).on('error', abort).on('close', abort);
    const send = async (event: RunStepEvent) => {
      if (call.write(outputMessage(event)) || controller.signal.aborted) return;
      // where the wait is aborted, the signal ends the step's output as well
      await once(call, 'drain', { signal: controller.signal }).catch(() => undefined);
    };
    void this.#serve('RunStep', call, async () => {
      const jobId = await this.calls.authenticate(text(call.metadata, 'authorization'));
      await this.calls.runStep(jobId, call.request, controller.signal, send);
    }).then((failure) => {
      this.#open.delete(controller);
      if (failure === undefined) call.end();
      else call.emit('error', failure);
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

  /** Never rejects: the answer is the failure to send, if any. */
  #serve(
    method: string,
    call: RunStepCall | GetSecretCall | ReportStatusCall,
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
