import type { Tracer } from '../services/ports/tracer.js';

/** Stands for the tracer until the configuration, which the traced database holds, has said where spans go. */
export class LateTracer implements Tracer {
  constructor(private tracer: Tracer) {}

  use(tracer: Tracer): void {
    this.tracer = tracer;
  }

  span<T>(...call: Parameters<Tracer['span']>): Promise<T> {
    return this.tracer.span(...call) as Promise<T>;
  }

  traceparent(): string | undefined {
    return this.tracer.traceparent();
  }
}
