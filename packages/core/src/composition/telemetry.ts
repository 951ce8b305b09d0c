import { createLoggerFactory } from '../adapters/telemetry/logging/bunyan-logger-factory.js';
import type { LogFormat } from '../adapters/telemetry/logging/format-line.js';
import { Redactor } from '../adapters/telemetry/logging/redactor.js';
import { PrometheusMetrics } from '../adapters/telemetry/metrics/prometheus-metrics.js';
import { RequestContextStorage } from '../adapters/telemetry/request-context-storage.js';
import { PassOnTracer } from '../adapters/telemetry/tracing/pass-on-tracer.js';
import { startTracing, tracingEndpoint } from '../adapters/telemetry/tracing/start-tracing.js';
import type { LoggerFactory } from '../services/ports/logger.js';
import type { RequestContext } from '../services/ports/request-context.js';
import { LateTracer } from './late-tracer.js';
import type { Lifecycle } from './lifecycle.js';

export interface TelemetryOptions {
  /** As in `DANUBE_LOG`. */
  readonly levels: string;
  /** `auto`: for people on a terminal, JSON elsewhere. */
  readonly format: LogFormat | 'auto';
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly version: string;
}

/** How this process tells what it does. */
export interface Telemetry {
  readonly loggers: LoggerFactory;
  /** Values registered here never reach the log. */
  readonly redactor: Redactor;
  readonly metrics: PrometheusMetrics;
  readonly requestContext: RequestContext;
  readonly tracer: LateTracer;
  /** Spans go to the collector that the environment or, failing that, the configuration names; to none by default. */
  startTracing(configuredEndpoint: string | undefined, lifecycle: Lifecycle): Promise<void>;
}

export function createTelemetry({ levels, output, version, ...options }: TelemetryOptions): Telemetry {
  const format = options.format === 'auto' ? (output.isTTY === true ? 'pretty' : 'json') : options.format;
  const requestContext = new RequestContextStorage();
  const redactor = new Redactor();
  const loggers = createLoggerFactory({ levels, format, output, redactor, requestContext });
  const tracer = new LateTracer(new PassOnTracer(requestContext));
  return {
    loggers,
    redactor,
    metrics: new PrometheusMetrics(version),
    requestContext,
    tracer,
    async startTracing(configuredEndpoint, lifecycle) {
      const endpoint = tracingEndpoint(process.env, configuredEndpoint);
      const log = loggers.forTarget('danube.tracing');
      const tracing = await startTracing({ endpoint, version, log, requestContext });
      tracer.use(tracing.tracer);
      lifecycle.onStop('tracing', () => tracing.shutdown());
    },
  };
}
