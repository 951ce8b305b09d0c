import type { RequestContext } from '../../../services/ports/request-context.js';
import type { Tracer } from '../../../services/ports/tracer.js';

/** Without telemetry: no spans, but a caller's trace context still reaches the processes that work for it. */
export class PassOnTracer implements Tracer {
  constructor(private readonly requestContext: RequestContext) {}

  span<T>(_name: string, _attributes: object, work: () => Promise<T>): Promise<T> {
    return work();
  }

  traceparent(): string | undefined {
    return this.requestContext.current()?.traceparent;
  }
}
