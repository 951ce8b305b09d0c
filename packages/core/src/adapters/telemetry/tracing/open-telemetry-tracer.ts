import { context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Tracer as ApiTracer } from '@opentelemetry/api';
import type { Tracer } from '../../../services/ports/tracer.js';

/** Spans through the OpenTelemetry API; what becomes of them is up to the SDK that was started. */
export class OpenTelemetryTracer implements Tracer {
  readonly #tracer: ApiTracer;

  constructor(version: string) {
    this.#tracer = trace.getTracer('danube', version);
  }

  span<T>(
    name: string,
    attributes: Readonly<Record<string, string | number | boolean>>,
    work: () => Promise<T>,
    parent?: string,
  ): Promise<T> {
    const around = parent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
    return this.#tracer.startActiveSpan(name, { attributes: { ...attributes } }, around, async (span) => {
      try {
        return await work();
      } catch (error) {
        // the name only: a message may hold what the log would redact
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
        throw error;
      } finally {
        span.end();
      }
    });
  }

  traceparent(): string | undefined {
    const carrier: { traceparent?: string } = {};
    propagation.inject(context.active(), carrier);
    return carrier.traceparent;
  }
}
