import type { Logger } from '../../../services/ports/logger.js';
import type { RequestContext } from '../../../services/ports/request-context.js';
import type { Tracer } from '../../../services/ports/tracer.js';
import { PassOnTracer } from './pass-on-tracer.js';

export interface TracingOptions {
  /** Undefined: no telemetry, and nothing of it is loaded. */
  readonly endpoint: string | undefined;
  readonly version: string;
  readonly log: Logger;
  readonly requestContext: RequestContext;
}

export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is left; takes 3 seconds at most. */
  readonly shutdown: () => Promise<void>;
}

/** The collector that the environment names, else the configured one. */
export function tracingEndpoint(
  env: Readonly<Record<string, string | undefined>>,
  configured: string | undefined,
): string | undefined {
  return env['OTEL_EXPORTER_OTLP_ENDPOINT'] || configured;
}

export async function startTracing(options: TracingOptions): Promise<Tracing> {
  if (options.endpoint === undefined) {
    return { tracer: new PassOnTracer(options.requestContext), shutdown: () => Promise.resolve() };
  }
  // imported here: it costs about 0.2 s and 8 MB that most servers never need
  const [{ startOpenTelemetrySdk }, { OpenTelemetryTracer }] = await Promise.all([
    import('./open-telemetry-sdk.js'),
    import('./open-telemetry-tracer.js'),
  ]);
  const sdk = startOpenTelemetrySdk({ endpoint: options.endpoint, version: options.version, log: options.log });
  return { tracer: new OpenTelemetryTracer(options.version), shutdown: () => sdk.shutdown() };
}
